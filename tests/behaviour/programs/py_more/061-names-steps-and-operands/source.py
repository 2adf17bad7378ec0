from enum import Enum
class Op(Enum):
    A = 1
    B = "x"
def find(name):
    return Op[name.upper()]
for n in ("a", "b", "zz"):
    try:
        print(find(n))
    except KeyError as e:
        print("no", e)
flags = [True] * 20
flags[0] = flags[1] = False
for i in range(2, 5):
    if flags[i]:
        flags[i * i::i] = [False] * len(flags[i * i::i])
print([i for i, f in enumerate(flags) if f])
xs = list(range(10))
xs[::3] = [0] * 4
xs[1:8:2] = ["a", "b", "c", "d"]
print(xs)
class Money:
    def __init__(self, c): self.c = c
    def __add__(self, o):
        if not isinstance(o, Money):
            return NotImplemented
        return Money(self.c + o.c)
    def __radd__(self, o): return self if o == 0 else NotImplemented
    def __eq__(self, o): return self.c == o.c if isinstance(o, Money) else NotImplemented
    def __repr__(self): return f"M({self.c})"
print(sum([Money(1), Money(2)]), Money(1) == 3, Money(2) == Money(2), Money(2) != Money(3))
try:
    Money(1) + 3
except TypeError as e:
    print("TypeError")
