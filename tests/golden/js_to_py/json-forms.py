import json
import math
import re
from datetime import UTC, datetime


def without_none(value):
    """Leave out the entries of dicts that are None."""
    if isinstance(value, dict):
        return {k: without_none(v) for k, v in value.items() if v is not None}
    return [without_none(v) for v in value] if isinstance(value, list) else value


def replaced(value, replacer, key=""):
    """Let a function of key and value replace all parts; None leaves an entry out."""
    value = replacer(key, value)
    if isinstance(value, dict):
        entries = {k: replaced(v, replacer, k) for k, v in value.items()}
        return {k: v for k, v in entries.items() if v is not None or value[k] is None}
    if isinstance(value, list):
        return [replaced(v, replacer, str(i)) for i, v in enumerate(value)]
    return value


def with_keys(value, keys):
    """Keep only these entries of a dict and of those in it."""
    if isinstance(value, dict):
        return {k: with_keys(value[k], keys) for k in keys if k in value}
    return [with_keys(v, keys) for v in value] if isinstance(value, list) else value


def revived(value, reviver, key=""):
    """Let a function of key and value replace all parts; None leaves an entry out."""
    if isinstance(value, dict):
        entries = {k: revived(v, reviver, k) for k, v in value.items()}
        value = {k: v for k, v in entries.items() if v is not None or value[k] is None}
    elif isinstance(value, list):
        value = [revived(v, reviver, str(i)) for i, v in enumerate(value)]
    return reviver(key, value)


def parse_number(value, default=math.nan):
    """Read a value as a number, `default` if it is none; whole ones are ints."""
    if isinstance(value, (int, float)):
        return value
    text = str(value).strip() or "0"
    pattern = r"[+-]?(\d+\.?\d*|\.\d+|Infinity)([eE][+-]?\d+)?"
    if not re.fullmatch(pattern, text):
        return default
    number = float(text)
    return int(number) if number.is_integer() else number


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y


class Event:
    def __init__(self, event_name, at):
        self._id = 7
        self.event_name = event_name
        self.at = at

    @property
    def id(self):
        return self._id

    def to_json(self):
        return {"eventName": self.event_name, "at": self.at}


def note(text):
    return {"text": text, "author": None}


print(
    json.dumps([Point(1, 2)], separators=(",", ":"), ensure_ascii=False, default=vars)
)
print(
    json.dumps(
        Event("start", datetime.fromtimestamp(0 / 1000, UTC)),
        separators=(",", ":"),
        ensure_ascii=False,
        default=lambda value: value.isoformat(timespec="milliseconds").replace(
            "+00:00", "Z"
        )
        if isinstance(value, datetime)
        else value.to_json(),
    )
)
print(
    json.dumps(without_none(note("hello")), separators=(",", ":"), ensure_ascii=False),
    json.dumps({"a": 1}, separators=(",", ":"), ensure_ascii=False),
)
print(
    json.dumps(
        replaced(
            {"user": "ann", "password": "x"},
            lambda key, value: "***" if key == "password" else value,
        ),
        separators=(",", ":"),
        ensure_ascii=False,
    )
)
print(
    json.dumps(
        with_keys({"a": 1, "b": 2, "c": 3}, ["c", "a"]), indent=2, ensure_ascii=False
    )
)
print(
    revived(
        json.loads('{"n":"5"}'),
        lambda key, value: parse_number(value) if key == "n" else value,
    )
)
