#!/usr/bin/env python3
"""Convert a tiny subset of Markdown to HTML."""
import html
import re
from typing import Iterator

SOURCE = """\
# Release notes *v2*

Some **bold** words, some *emphasis*, and `x < y` code.
This line belongs to the same paragraph.

## Changes

- faster [parser](https://example.org/p?a=1&b=2)
- fixed **three** bugs
- removed `old_api()`

```
if a < b:
    swap(a, b)
```

1. download
2. unpack

> Simplicity is prerequisite
> for reliability.

---
Done.
"""

INLINE = [
    (re.compile(r"\*\*(.+?)\*\*"), r"<strong>\1</strong>"),
    (re.compile(r"\*(.+?)\*"), r"<em>\1</em>"),
    (re.compile(r"\[([^\]]+)\]\(([^)]+)\)"), r'<a href="\2">\1</a>'),
]


def inline(text: str) -> str:
    # odd parts are between backticks
    parts = html.escape(text, quote=False).split("`")
    out = []
    for i, part in enumerate(parts):
        if i % 2:
            out.append(f"<code>{part}</code>")
        else:
            for rx, repl in INLINE:
                part = rx.sub(repl, part)
            out.append(part)
    return "".join(out)


def blocks(lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Group lines into (kind, lines) blocks."""
    i = 0
    while i < len(lines):
        line = lines[i]
        if not line.strip():
            i += 1
        elif line.startswith("```"):
            end = lines.index("```", i + 1)
            yield "pre", lines[i + 1:end]
            i = end + 1
        elif re.fullmatch(r"-{3,}", line):
            yield "hr", []
            i += 1
        elif line.startswith("#"):
            yield "heading", [line]
            i += 1
        else:
            for kind, rx in (("ul", r"- "), ("ol", r"\d+\. "), ("quote", r"> "), ("p", r"(?=\S)")):
                if re.match(rx, line):
                    break
            start = i
            while i < len(lines) and lines[i].strip() and re.match(rx, lines[i]):
                i += 1
            yield kind, [re.sub("^" + rx, "", ln) for ln in lines[start:i]]


def render(source: str) -> Iterator[str]:
    for kind, body in blocks(source.splitlines()):
        if kind == "heading":
            hashes, _, text = body[0].partition(" ")
            n = len(hashes)
            yield f"<h{n}>{inline(text)}</h{n}>"
        elif kind == "pre":
            yield "<pre>" + html.escape("\n".join(body)) + "</pre>"
        elif kind == "hr":
            yield "<hr>"
        elif kind in ("ul", "ol"):
            yield f"<{kind}>"
            yield from (f"  <li>{inline(item)}</li>" for item in body)
            yield f"</{kind}>"
        elif kind == "quote":
            yield f"<blockquote>{inline(' '.join(body))}</blockquote>"
        else:
            yield f"<p>{inline(' '.join(body))}</p>"


if __name__ == "__main__":
    print(*render(SOURCE), sep="\n")
