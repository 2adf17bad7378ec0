import asyncio
import heapq
from dataclasses import dataclass, field
from typing import Awaitable, Callable


@dataclass(order=True)
class Job:
    run_at: float
    priority: int
    name: str = field(compare=False)
    action: Callable[[], Awaitable[str]] = field(compare=False, repr=False)
    cancelled: bool = field(default=False, compare=False)


class Scheduler:
    def __init__(self):
        self._heap: list[Job] = []
        self._now = 0.0
        self.history: list[str] = []

    def at(self, when: float, name: str, action, *, priority: int = 10) -> Job:
        job = Job(when, priority, name, action)
        heapq.heappush(self._heap, job)
        return job

    def every(self, period: float, name: str, action, *, count: int) -> None:
        for i in range(1, count + 1):
            self.at(self._now + i * period, f"{name}#{i}", action)

    async def run(self, until: float | None = None) -> None:
        while self._heap:
            job = heapq.heappop(self._heap)
            if until is not None and job.run_at > until:
                heapq.heappush(self._heap, job)
                break
            if job.cancelled:
                self.history.append(f"{job.run_at:5.1f} {job.name} skipped")
                continue
            self._now = job.run_at
            try:
                result = await job.action()
            except Exception as e:
                result = f"{type(e).__name__}: {e}"
            self.history.append(f"{job.run_at:5.1f} {job.name} -> {result}")

    def __len__(self):
        return len(self._heap)


def make_action(label: str, fail: bool = False):
    runs = 0

    async def action() -> str:
        nonlocal runs
        runs += 1
        await asyncio.sleep(0)
        if fail and runs == 2:
            raise RuntimeError(f"{label} broke")
        return f"{label} run {runs}"

    return action


async def main():
    s = Scheduler()
    s.every(1.5, "poll", make_action("poll", fail=True), count=3)
    s.at(3.0, "urgent", make_action("urgent"), priority=1)
    doomed = s.at(2.0, "doomed", make_action("doomed"))
    doomed.cancelled = True
    s.at(10, "late", make_action("late"))
    await s.run(until=5)
    print(*s.history, sep="\n")
    print("left:", len(s), s._heap[0])
    if s:
        await s.run()
    print(s.history[-1])


asyncio.run(main())
