import heapq
from typing import NamedTuple
from dataclasses import dataclass
class Job(NamedTuple):
    pri: int
    name: str
@dataclass(order=True)
class Ev:
    t: float
    n: str
class S:
    def __init__(self):
        self._h = []
        self._e = []
    def sub(self, p, n):
        j = Job(p, n)
        heapq.heappush(self._h, j)
        heapq.heappush(self._e, Ev(p/2, n))
        return j
s = S()
s.sub(3, "a"); s.sub(1, "b"); s.sub(2, "c")
while s._h:
    j = heapq.heappop(s._h)
    print(j, heapq.heappop(s._e))
    p, n = j
    print(p, n, j[0], len(j), list(j), j._asdict(), j == (1, "b"))
