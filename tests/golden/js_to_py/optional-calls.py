import math
import re


def parse_number(text, default=math.nan):
    """Read a text as a number, `default` if it is none; whole numbers are ints."""
    text = str(text).strip() or "0"
    pattern = r"[+-]?(\d+\.?\d*|\.\d+|Infinity)([eE][+-]?\d+)?"
    if not re.fullmatch(pattern, text):
        return default
    number = float(text)
    return int(number) if number.is_integer() else number


k_parts = object()


class Version:
    def __init__(self, text):
        self._parts = [parse_number(item) for item in text.split(".")]

    def value_of(self):
        values = self._parts
        major = values[0]
        minor = values[1] if len(values) > 1 else 0
        return major * 100 + minor


def first(*words):
    words = list(words)
    words.sort()
    item = words[0] if 0 < len(words) else None
    return item.upper() if item is not None else "none"


def label(user):
    name = user.get("name") if user is not None else None
    return name.strip()[:3] if name is not None else "anonymous"


print(first("pear", "apple"), first())
print(label({"name": "  Barbara "}), label(None), label({}))
print(Version("1.10").value_of() > Version("1.9").value_of())
match = re.search(r"(\w)=(\d+)", "v=12")
print(list(match.groups()) if match is not None else None)
seen = [0] * 3
seen[1] = 1
print("".join(map(str, seen)), float(len(seen) / 2).is_integer())
