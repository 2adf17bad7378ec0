"""Conway's life on sets of complex numbers, with pattern parsing, cycle detection and stats."""
from collections import Counter
from itertools import count, islice, product

PATTERNS = {
    "blinker": "###",
    "glider": """
        .#.
        ..#
        ###""",
    "block": """
        ##
        ##""",
    "r-pentomino": """
        .##
        ##.
        .#.""",
    "diehard": """
        ......#.
        ##......
        .#...###""",
}

NEIGHBOURS = [complex(dx, dy) for dx, dy in product((-1, 0, 1), repeat=2) if dx or dy]


def parse(text):
    rows = text.split()
    return frozenset(complex(x, y) for y, row in enumerate(rows) for x, c in enumerate(row) if c == "#")


def step(cells):
    around = Counter(c + d for c in cells for d in NEIGHBOURS)
    return frozenset(c for c, n in around.items() if n == 3 or (n == 2 and c in cells))


def generations(cells):
    """Infinite generator of generations, starting with the given one."""
    while True:
        yield cells
        cells = step(cells)


def normalise(cells):
    if not cells:
        return cells, 0j
    corner = complex(min(c.real for c in cells), min(c.imag for c in cells))
    return frozenset(c - corner for c in cells), corner


def render(cells, alive="#", dead="."):
    shape, _ = normalise(cells)
    if not shape:
        return ["(empty)"]
    width = int(max(c.real for c in shape)) + 1
    height = int(max(c.imag for c in shape)) + 1
    return ["".join(alive if complex(x, y) in shape else dead for x in range(width)) for y in range(height)]


def side_by_side(*pictures, gap="   "):
    height = max(map(len, pictures))
    widths = [max(map(len, p)) for p in pictures]
    for y in range(height):
        print(gap.join((p[y] if y < len(p) else "").ljust(w) for p, w in zip(pictures, widths)).rstrip())


def classify(cells, limit=140):
    seen = {}
    for gen, current in zip(range(limit), generations(cells)):
        shape, corner = normalise(current)
        if not shape:
            return f"dies in generation {gen}"
        if shape in seen:
            before, old_corner = seen[shape]
            period, shift = gen - before, corner - old_corner
            if shift:
                return f"spaceship, period {period}, moves by ({shift.real:+.0f}, {shift.imag:+.0f})"
            return "still life" if period == 1 else f"oscillator, period {period}"
        seen[shape] = gen, corner
    return f"still going after {limit} generations with {len(current)} cells"


def main():
    for name, text in PATTERNS.items():
        print(f"{name:<12} {classify(parse(text))}")
    print()
    side_by_side(*(render(c) for c in islice(generations(parse(PATTERNS["glider"])), 5)))
    print()
    side_by_side(*map(render, islice(generations(parse(PATTERNS["r-pentomino"])), 0, 7, 2)))

    history = [len(c) for c in islice(generations(parse(PATTERNS["r-pentomino"])), 40)]
    peak = max(history)
    print(f"\npopulation: start {history[0]}, peak {peak} at {history.index(peak)}")
    for level in range(4, 0, -1):
        print("".join("|" if h * 4 > peak * (level - 1) else " " for h in history).rstrip())
    first = next(n for n, c in zip(count(), generations(parse(PATTERNS["diehard"]))) if len(c) == 2)
    print("diehard is down to two cells at generation", first)


if __name__ == "__main__":
    main()
