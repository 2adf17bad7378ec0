from functools import total_ordering


@total_ordering
class Money:
    def __init__(self, cents: int): self.cents = cents
    def __repr__(self): return f"Money({self.cents})"
    def __str__(self): return f"${self.cents // 100}.{self.cents % 100:02d}"
    def __eq__(self, other): return self.cents == other.cents
    def __lt__(self, other): return self.cents < other.cents
    def __hash__(self): return hash(self.cents)
    def __add__(self, other): return Money(self.cents + other.cents)
    def __radd__(self, other): return self if other == 0 else NotImplemented
    def __mul__(self, k): return Money(round(self.cents * k))
    def __bool__(self): return self.cents != 0


prices = [Money(1999), Money(5), Money(250)]
print(sum(prices), max(prices), sorted(prices))
print(Money(100) >= Money(99), Money(333) * 1.5, bool(Money(0)))
print(len({Money(1), Money(1), Money(2)}))
try:
    5 + Money(1)
except TypeError as e:
    print(e)
