"""Text tools: word wrap with justification, columns, roman numerals, a tiny template engine."""
from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import zip_longest

FABLE = """A fox who was very hungry saw some grapes hanging from a high trellis. He jumped and jumped
but could not reach them. "They are sour anyway," he said, and walked off with his nose in the air.

It is easy to despise what you cannot get."""


def wrap(text: str, width: int) -> Iterable[list[str]]:
    line: list[str] = []
    for word in text.split():
        if line and sum(map(len, line)) + len(line) + len(word) > width:
            yield line
            line = []
        line.append(word)
    if line:
        yield line


def justify(words: list[str], width: int) -> str:
    if len(words) == 1:
        return words[0]
    spaces, extra = divmod(width - sum(map(len, words)), len(words) - 1)
    gaps = [" " * (spaces + (i < extra)) for i in range(len(words) - 1)]
    return "".join(w + g for w, g in zip_longest(words, gaps, fillvalue=""))


def paragraphs(text: str, width: int) -> list[str]:
    out: list[str] = []
    for para in re.split(r"\n\s*\n", text):
        *full, last = wrap(para, width)
        out += [justify(line, width) for line in full] + [" ".join(last), ""]
    return out[:-1]


def columns(lines: list[str], n: int, width: int, sep: str = " | ") -> list[str]:
    height = -(-len(lines) // n)
    cols = [lines[i * height:(i + 1) * height] for i in range(n)]
    return [sep.join(cell.ljust(width) for cell in row).rstrip() for row in zip_longest(*cols, fillvalue="")]


def roman(n: int) -> str:
    out = ""
    for value, digits in zip((1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
                             "M CM D CD C XC L XL X IX V IV I".split()):
        times, n = divmod(n, value)
        out += digits * times
    return out


def unroman(s: str) -> int:
    values = [dict(I=1, V=5, X=10, L=50, C=100, D=500, M=1000)[c] for c in s]
    return sum(-v if v < nxt else v for v, nxt in zip(values, values[1:] + [0]))


FILTERS = {"upper": str.upper, "title": str.title, "roman": lambda s: roman(int(s)), "len": lambda s: str(len(s))}


class Template:
    """`{{ name|filter }}` plus `{% for x in xs %} ... {% end %}` blocks (no nesting)."""

    VAR = re.compile(r"\{\{\s*([\w.]+)((?:\|\w+)*)\s*\}\}")
    LOOP = re.compile(r"\{% for (\w+) in (\w+) %\}(.*?)\{% end %\}", re.S)

    def __init__(self, source: str):
        self.source = source

    def render(self, **ctx: object) -> str:
        def loop(m: re.Match) -> str:
            name, seq, body = m.groups()
            return "".join(Template(body).render(**ctx, **{name: item}) for item in ctx[seq])

        def var(m: re.Match) -> str:
            head, *path = m[1].split(".")
            value = ctx[head]
            for key in path:
                value = value[key]
            text = str(value)
            for f in filter(None, m[2].split("|")):
                text = FILTERS[f](text)
            return text

        return self.VAR.sub(var, self.LOOP.sub(loop, self.source))


if __name__ == "__main__":
    width = 26
    body = paragraphs(FABLE, width)
    print("\n".join(columns(body, 2, width)))
    print("=" * 40)
    print("{:^40}".format("the end").title())

    years = [4, 9, 14, 1990, 2024, 3999]
    print({y: roman(y) for y in years})
    assert all(unroman(roman(n)) == n for n in range(1, 4000))
    print("round trip fine, longest:", max((roman(n) for n in range(1, 2000)), key=len))

    page = Template("{{ title|upper }} ({{ title|len }})\n{% for b in books %}  * {{ b.name|title }}, {{ b.year|roman }}\n{% end %}by {{who}}")
    books = [{"name": "fables", "year": 1668}, {"name": "the fox", "year": 1871}]
    print(page.render(title="shelf", books=books, who="Aesop"))
    try:
        Template("{{ nope }}").render()
    except KeyError as e:
        print("undefined variable", e)
