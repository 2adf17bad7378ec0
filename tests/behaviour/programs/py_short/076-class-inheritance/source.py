from abc import ABC, abstractmethod
import math

class Shape(ABC):
    @abstractmethod
    def area(self) -> float: ...

    def __str__(self) -> str:
        return f"{self.__class__.__name__} with area {self.area():.2f}"

class Circle(Shape):
    def __init__(self, r): self.r = r
    def area(self): return math.pi * self.r ** 2

class Rect(Shape):
    def __init__(self, w, h): self.w, self.h = w, h
    def area(self): return self.w * self.h

class Square(Rect):
    def __init__(self, side): super().__init__(side, side)

for shape in sorted([Circle(1), Rect(2, 5), Square(2)], key=lambda s: s.area()):
    print(shape, isinstance(shape, Rect))
try:
    Shape()
except TypeError as e:
    print("TypeError")
print([c.__name__ for c in Square.__mro__])
