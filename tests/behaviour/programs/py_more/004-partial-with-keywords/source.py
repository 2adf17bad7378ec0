from functools import partial
import functools
def power(base, exp=2):
    return base ** exp
def greet(greeting, name, *, punct="!", times=1):
    return (greeting + ", " + name + punct) * times
def area(w, h=2, d=3):
    return w * h * d
cube = partial(power, exp=3)
print(cube(2), [*map(cube, range(4))])
hello = partial(print, "hello", sep="-")
hello("x", "y")
hi = partial(greet, "Hi", punct="?")
print(hi("Bob"), hi("Ann", times=2))
flat = functools.partial(area, h=1)
print(flat(5), flat(5))
base2 = partial(int, base=2)
print(base2("1010"))
by_len = lambda x: x
print(by_len(["a", "ccc", "bb"]))
class B:
    def __init__(self, n): self.n = n
    def scale(self, k, offset=0): return self.n * k + offset
b = B(3)
f = partial(b.scale, offset=1)
print(f(2))
mk = partial(B, n=4)
print(mk().n)
