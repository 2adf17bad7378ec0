"""Finds pairs in folders and reads lists of pairs. Runs nothing.

A pair is a folder with source.js or source.py; optional are target.py or target.js (the model
translation), stdin.txt, expected.txt (what the source prints; found by running it where it is
missing) and lessons.txt. Other files are data that both programs may read.

Example: find([Path("tests/behaviour/pairs")])[0].name == "async/001-top-level-await"
"""

import re
from dataclasses import dataclass
from pathlib import Path

# Programs that wait for something may be told apart by a busy machine; others may not.
TIMING = re.compile(r"\b(?:async|await|asyncio|Promise|setTimeout|setInterval|setImmediate)\b")
OWN_FILES = frozenset(
    ["source.js", "source.py", "target.js", "target.py", "stdin.txt", "expected.txt", "lessons.txt", "meta.json"]
)


@dataclass(frozen=True)
class Case:
    name: str  # the last two parts of its path: the same from wherever it is run
    folder: Path
    language: str  # of the source: js or py

    @property
    def to(self):
        return "js" if self.language == "py" else "py"

    @property
    def source(self):
        return self.folder / f"source.{self.language}"

    @property
    def model(self):
        path = self.folder / f"target.{self.to}"
        return path if path.is_file() else None

    @property
    def stdin(self):
        path = self.folder / "stdin.txt"
        return path if path.is_file() else None

    def data_files(self):
        return sorted(p for p in self.folder.iterdir() if p.is_file() and p.name not in OWN_FILES)

    def depends_on_timing(self):
        return bool(TIMING.search(self.source.read_text(encoding="utf-8", errors="replace")))


def case_in(folder):
    for language in ("js", "py"):
        if (folder / f"source.{language}").is_file():
            return Case(f"{folder.parent.name}/{folder.name}", folder, language)
    return None


def find(roots):
    """All pairs in the given folders, at any depth, each once, by path."""
    found = {}
    for root in roots:
        root = root.resolve()
        for folder in sorted([root, *(p for p in root.rglob("*") if p.is_dir())]):
            case = case_in(folder)
            if case:
                found[folder] = case
    return list(found.values())


def read_list(path):
    """Names of pairs, one a line; '#' starts a comment."""
    lines = (line.partition("#")[0].strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line]


def write_list(path, names):
    """Keeps the comment at the head of the list."""
    old = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    head = [line for line in old if line.startswith("#")]
    path.write_text("\n".join([*head, *sorted(set(names))]) + "\n", encoding="utf-8")
