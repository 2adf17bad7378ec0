from abc import ABC, abstractmethod
class Base:
    def describe(self):
        return f"{self.name} {self.size} {self.tags}"

class A(Base):
    name = "a"
    size: int = 3
    tags = ["x"]

class B(A):
    name = "b"

print(A().describe(), B().describe())

class Mixin:
    def show(self):
        return self.label.upper() + str(len(self))
    def __len__(self):
        return 7
class C(Mixin):
    label = "c"
print(C().show())

class P(ABC):
    @property
    @abstractmethod
    def kind(self): ...
    def __str__(self): return f"<{self.kind}>"
class Q(P):
    kind = "q"
class R(P):
    def __init__(self): self._k = "r"
    @property
    def kind(self): return self._k
for x in (Q(), R()):
    print(x, x.kind)
print(Q.kind)

def gen():
    for i in range(6):
        yield i
g = gen()
for x in g:
    if x == 2:
        break
for x in g:
    print(x, end=" ")
print()
it = iter([1, 2, 3, 4])
for x in it:
    if x == 2:
        break
print(list(it))
h = gen()
print([next(h), next(h)], list(h))
z = zip("abc", gen())
for a, b in z:
    break
print(list(z))
stack = [1]
try:
    b, a = stack.pop(), stack.pop()
except IndexError as e:
    print(e)
