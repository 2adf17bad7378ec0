from dataclasses import dataclass


@dataclass
class Point:
    x: int
    y: int


def where(obj) -> str:
    match obj:
        case Point(0, 0):
            return "origin"
        case Point(x=0, y=y):
            return f"on Y axis at {y}"
        case Point(x, y) if x == y:
            return f"diagonal {x}"
        case {"type": "circle", "r": r, **rest}:
            return f"circle {r} {rest}"
        case int() | float() as num:
            return f"number {num}"
        case [Point(x=x1), *_]:
            return f"list starting at x={x1}"
        case None:
            return "nothing"
        case _:
            return "unknown"


for o in [Point(0, 0), Point(0, 7), Point(2, 2), {"type": "circle", "r": 1, "c": "red"}, 2.5, [Point(9, 1), 3], None, "s"]: print(where(o))
