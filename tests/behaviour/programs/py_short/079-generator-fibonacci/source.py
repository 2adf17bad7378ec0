from itertools import islice, takewhile
from typing import Iterator


def fibonacci() -> Iterator[int]:
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b


def running_max(xs):
    best = None
    for x in xs:
        best = x if best is None else max(best, x)
        yield best


print(list(islice(fibonacci(), 10)))
print(sum(n for n in takewhile(lambda n: n < 4_000_000, fibonacci()) if n % 2 == 0))
print(list(running_max([3, 1, 4, 1, 5, 9, 2])))
gen = (x * x for x in range(3))
print(next(gen), next(gen), next(gen), next(gen, "done"))
print(next(islice(fibonacci(), 150, None)))
