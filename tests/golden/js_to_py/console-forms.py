import textwrap
from collections import Counter

open_groups = []
counts = Counter()


def log(*values, file=None):
    """Print with the indentation of the groups that are open."""
    text = " ".join(map(str, values))
    print(textwrap.indent(text, "  " * len(open_groups)), file=file)


def print_table(data, columns=None):
    """Print rows in a frame, a column for each of their keys."""
    rows = list(data.items() if isinstance(data, dict) else enumerate(data))
    names = []
    for _, row in rows:
        keys = (
            row
            if isinstance(row, dict)
            else range(len(row))
            if isinstance(row, list)
            else []
        )
        names += [key for key in keys if key not in names]
    names = names if columns is None else columns
    plain = any(not isinstance(row, (dict, list)) for _, row in rows)
    lines = [["(index)", *map(str, names), *(["Values"] if plain else [])]]
    for index, row in rows:
        cells = dict(enumerate(row)) if isinstance(row, list) else row
        is_row = isinstance(cells, dict)
        line = [repr(cells[name]) if is_row and name in cells else "" for name in names]
        last = "" if is_row else repr(row)
        lines.append([str(index), *line, *([last] if plain else [])])
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    rules = ["─" * (width + 2) for width in widths]
    lines = [
        "│"
        + "│".join(
            f" {cell:{width}} " for cell, width in zip(line, widths, strict=True)
        )
        + "│"
        for line in lines
    ]
    print("┌" + "┬".join(rules) + "┐", lines[0], "├" + "┼".join(rules) + "┤", sep="\n")
    print(*lines[1:], "└" + "┴".join(rules) + "┘", sep="\n")


log("Report")
open_groups.append(True)
log("two lines\nin a group")
open_groups.append(True)
log("done: 1 of 2")
open_groups.pop()
open_groups.pop()
counts["step"] += 1
print(f"step: {counts['step']}")
counts["step"] += 1
print(f"step: {counts['step']}")
log({"a": 1})
print_table([{"id": 1, "name": "a"}, {"id": 20, "name": "bc"}])
