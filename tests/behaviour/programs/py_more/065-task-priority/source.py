import asyncio
import heapq
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import count


class Priority(IntEnum):
    HIGH = 0
    NORMAL = 1
    LOW = 2


@dataclass(order=True)
class Task:
    priority: Priority
    order: int
    name: str = field(compare=False)
    cost: float = field(compare=False, default=0.0)


class PriorityScheduler:
    def __init__(self, concurrency: int = 1):
        self._heap: list[Task] = []
        self._counter = count()
        self._concurrency = concurrency
        self.completed: list[str] = []

    def add(self, name: str, priority: Priority = Priority.NORMAL, cost: float = 0.001) -> None:
        heapq.heappush(self._heap, Task(priority, next(self._counter), name, cost))

    async def _worker(self, wid: int) -> int:
        done = 0
        while self._heap:
            task = heapq.heappop(self._heap)
            print(f"worker {wid} runs {task.name} ({task.priority.name})")
            await asyncio.sleep(task.cost)
            self.completed.append(task.name)
            done += 1
        return done

    async def run(self) -> list[int]:
        return await asyncio.gather(*(self._worker(i) for i in range(self._concurrency)))


async def main():
    s = PriorityScheduler()
    s.add("email", Priority.LOW)
    s.add("deploy", Priority.HIGH)
    s.add("report")
    s.add("alert", Priority.HIGH)
    s.add("backup", Priority.LOW)
    print(await s.run())
    print(s.completed)
    s2 = PriorityScheduler(concurrency=2)
    for i, cost in enumerate([0.01, 0.05, 0.02]):
        s2.add(f"job{i}", cost=cost)
    counts = await s2.run()
    print(sum(counts), s2.completed)
    print(Priority(2) is Priority.LOW, Priority.HIGH < Priority.LOW, [p.name.lower() for p in Priority], max(Priority))


asyncio.run(main())
