"""Reads what the translator said on standard error: JSON documents, or the text of --format full.

Example: levels('{"schema": 1, "diagnostics": [{"id": "x", "level": "error"}]}') == ["error"]
"""

import json
import re
import tomllib

ERROR_TEXT = re.compile(
    r"^(?:[^\n]{0,400}?:\d+(?::\d+)?:\s*|\s*)(?:fatal\s+)?\[?error\b\]?(?:\s*\[[^\]\n]*\])?\s*[:\-]",
    re.I | re.M,
)
WARNING_TEXT = re.compile(r"(?:^|[\s:])warning\b\s*[\[:]", re.I | re.M)


def parse(err):
    """The list of diagnostics of a JSON document, or None where there is no such document."""
    try:
        found = json.loads(err)["diagnostics"]
    except (ValueError, KeyError, TypeError):
        return None
    return found if isinstance(found, list) and all(isinstance(d, dict) for d in found) else None


def levels(err):
    found = parse(err)
    if found is not None:
        return [str(d.get("level", "")) for d in found]
    texts = [("error", ERROR_TEXT), ("warning", WARNING_TEXT)]
    return [level for level, pattern in texts if pattern.search(err)]


def ids(err, level=None):
    return sorted({str(d["id"]) for d in parse(err) or [] if "id" in d and level in (None, d.get("level"))})


def messages(err, level):
    return sorted({str(d.get("message", "")) for d in parse(err) or [] if d.get("level") == level})


def read_aliases(path):
    """The catalogue's codes whose card has another name: {code: id}."""
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
