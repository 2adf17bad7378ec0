from dataclasses import dataclass, field, fields
from math import hypot


@dataclass
class Vector:
    x: float
    y: float
    length: float = field(init=False, repr=False)

    def __post_init__(self) -> None:
        if any(not isinstance(v, (int, float)) for v in (self.x, self.y)):
            raise TypeError("coordinates must be numbers")
        self.length = hypot(self.x, self.y)

    def __add__(self, other: "Vector") -> "Vector":
        return Vector(self.x + other.x, self.y + other.y)


v = Vector(3, 4)
print(v, v.length, v + Vector(1, 1))
print([f.name for f in fields(Vector)])
try:
    Vector("a", 1)
except TypeError as e:
    print("TypeError:", e)
