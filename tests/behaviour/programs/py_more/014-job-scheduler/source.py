import heapq
import itertools
import asyncio
from typing import NamedTuple


class Job(NamedTuple):
    priority: int
    seq: int
    name: str
    cost: float = 1.0


class Scheduler:
    def __init__(self):
        self._heap = []
        self._seq = itertools.count(1)
        self.now = 0.0
        self.log = []

    def submit(self, name, priority=5, cost=1.0):
        job = Job(priority, next(self._seq), name, cost)
        heapq.heappush(self._heap, job)
        return job

    def __len__(self):
        return len(self._heap)

    def __bool__(self):
        return True

    def __contains__(self, name):
        return any(j.name == name for j in self._heap)

    def __iter__(self):
        return iter(sorted(self._heap))

    async def run(self):
        while self._heap:
            job = heapq.heappop(self._heap)
            await asyncio.sleep(0)
            self.now += job.cost
            self.log.append((round(self.now, 2), job.name))
            yield job


async def main():
    s = Scheduler()
    s.submit("backup", priority=9, cost=2.5)
    s.submit("email")
    j = s.submit("page", 1, cost=0.25)
    print(j)
    print(j._replace(name="pager"), j._asdict())
    print(len(s), "email" in s, "x" in s)
    for job in s:
        print("queued", job.name, job.priority)
    async for job in s.run():
        p, seq, name, *_ = job
        print(f"ran {name} (p={p}, #{seq}) at {s.now:.2f}")
    print(s.log)
    for t, name in s.log:
        print(t, name)
    print(max(s.log), min(s.log, key=lambda e: e[1]))
    groups = itertools.groupby(sorted(s.log, key=lambda e: len(e[1])), key=lambda e: len(e[1]))
    print({k: [n for _, n in g] for k, g in groups})
    pairs = list(itertools.combinations("abc", 2))
    print(pairs, ["".join(p) for p in pairs])
    print(list(itertools.accumulate([1, 2, 3, 4])), list(itertools.chain([1], [2, 3])))
    first, *rest = sorted({"b": 2, "a": 1}.items())
    print(first, rest)
    print(list(zip(range(3), "abc")), dict(enumerate("xy")))
    matrix = [[1, 2, 3], [4, 5, 6]]
    print([list(r) for r in zip(*matrix)], list(zip(*matrix)))


asyncio.run(main())
