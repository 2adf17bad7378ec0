"""Shapes: abstract base, registry through __init_subclass__, descriptors, operators, visitors."""
import math
from abc import ABC, abstractmethod
from functools import cached_property, singledispatch


class Positive:
    """Descriptor that validates numbers."""
    def __set_name__(self, owner, name):
        self.slot = "_" + name

    def __get__(self, obj, owner=None):
        return self if obj is None else getattr(obj, self.slot)

    def __set__(self, obj, value):
        if isinstance(value, str):
            raise TypeError(f"{self.slot[1:]} must be a number")
        if value <= 0:
            raise ValueError(f"{self.slot[1:]} must be positive, got {value}")
        setattr(obj, self.slot, value)


class Shape(ABC):
    registry: dict = {}

    def __init_subclass__(cls, *, tag=None, **kw):
        super().__init_subclass__(**kw)
        if tag:
            cls.tag = tag
            Shape.registry[tag] = cls

    @classmethod
    def parse(cls, text):
        tag, *args = text.split()
        if tag not in cls.registry:
            raise LookupError(f"unknown shape {tag!r}, choose from {sorted(cls.registry)}")
        return cls.registry[tag](*(float(a) if a.replace(".", "", 1).lstrip("-").isdigit() else a for a in args))

    @property
    @abstractmethod
    def area(self): ...

    def __lt__(self, other):
        return self.area < other.area

    def __add__(self, other):
        return Group(self, other)

    def __format__(self, spec):
        return f"{self.tag}({self.area:{spec or '.2f'}})"


class Circle(Shape, tag="circle"):
    r = Positive()

    def __init__(self, r):
        self.r = r

    @property
    def area(self):
        return math.pi * self.r ** 2


class Rect(Shape, tag="rect"):
    w, h = Positive(), Positive()

    def __init__(self, w, h):
        self.w, self.h = w, h

    @cached_property
    def area(self):
        print(f"  (computing {self.w:g}x{self.h:g})")
        return self.w * self.h


class Square(Rect, tag="square"):
    def __init__(self, side):
        super().__init__(side, side)


class Group(Shape):
    tag = "group"

    def __init__(self, *members):
        self.members = [m for s in members for m in (s.members if isinstance(s, Group) else [s])]

    @property
    def area(self):
        return sum(m.area for m in self.members)


@singledispatch
def describe(shape):
    return f"something of area {shape:.1f}"


describe.register(Circle, lambda c: f"a circle of diameter {c.r * 2:g}")


@describe.register(Rect)
def _(shape):
    kind = "square" if isinstance(shape, Square) else "rectangle"
    return f"a {kind} {shape.w:g} by {shape.h:g}"


shapes = []
for line in ["circle 1.5", "rect 2 3.25", "square 2", "hexagon 4", "rect 2 -1", "circle big", "square 1 2"]:
    try:
        shapes.append(Shape.parse(line))
    except (LookupError, ValueError, TypeError) as e:
        print(f"{line!r}: {type(e).__name__}: {e}")
print(f"smallest {min(shapes)}, largest {max(shapes):.1f}, sorted {' '.join(map(format, sorted(shapes)))}")
total = shapes[0] + shapes[1] + shapes[2]
for s in [*shapes, total]:
    print("-", describe(s))
print(len(total.members), f"{total:08.3f}", [c.__name__ for c in Square.__mro__[:-2]])
try:
    Shape()
except TypeError:
    print("Shape is abstract:", sorted(Shape.__abstractmethods__), "|", type(Rect.w).__name__)
