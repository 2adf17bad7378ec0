"""Heap based scheduler for periodic and one-shot coroutines, on a virtual clock."""
import asyncio
import heapq
import itertools
from functools import partial
from typing import Awaitable, Callable, Optional

Callback = Callable[[], Awaitable[None]]
TICK = 0.001


class Handle:
    __slots__ = ("when", "order", "fn", "every", "remaining", "cancelled", "name")

    def __init__(self, when, order, fn, every, remaining, name):
        self.when, self.order, self.fn = when, order, fn
        self.every, self.remaining = every, remaining
        self.cancelled = False
        self.name = name

    def __lt__(self, other):
        return (self.when, self.order) < (other.when, other.order)

    def cancel(self):
        self.cancelled = True


class Scheduler:
    def __init__(self):
        self.now = 0
        self._heap: list[Handle] = []
        self._counter = itertools.count()
        self.errors: list[tuple[str, Exception]] = []

    def _add(self, when, fn, every=None, remaining=None, name=None):
        handle = Handle(when, next(self._counter), fn, every, remaining, name or getattr(fn, "__name__", "?"))
        heapq.heappush(self._heap, handle)
        return handle

    def at(self, when: int, fn: Callback, name: Optional[str] = None) -> Handle:
        return self._add(when, fn, name=name)

    def every(self, period: int, times: Optional[int] = None) -> Callable[[Callback], Callback]:
        """Decorator: run the function each `period` ticks."""
        def register(fn):
            fn.handle = self._add(self.now + period, fn, period, times)
            return fn
        return register

    async def run_until(self, deadline: int) -> None:
        while self._heap and self._heap[0].when <= deadline:
            handle = heapq.heappop(self._heap)
            if handle.cancelled:
                print(f"t={handle.when:>3} skip {handle.name}")
                continue
            await asyncio.sleep((handle.when - self.now) * TICK)
            self.now = handle.when
            try:
                await handle.fn()
            except Exception as exc:
                self.errors.append((handle.name, exc))
            if handle.every is None:
                continue
            if handle.remaining is not None:
                handle.remaining -= 1
                if handle.remaining == 0:
                    print(f"t={self.now:>3} {handle.name} finished its runs")
                    continue
            handle.when += handle.every
            heapq.heappush(self._heap, handle)
        self.now = deadline


async def main():
    sched = Scheduler()

    @sched.every(10)
    async def heartbeat():
        print(f"t={sched.now:>3} heartbeat")

    @sched.every(15, times=3)
    async def rotate_logs():
        print(f"t={sched.now:>3} rotate logs")

    @sched.every(20)
    async def flaky():
        if sched.now % 40 == 0:
            raise RuntimeError(f"disk full at {sched.now}")
        print(f"t={sched.now:>3} flaky worked")

    async def say(what):
        print(f"t={sched.now:>3} {what}")

    async def stop_heart():
        await say("stopping the heartbeat")
        heartbeat.handle.cancel()

    sched.at(5, partial(say, "good morning"), name="greeting")
    sched.at(32, stop_heart)
    await sched.run_until(80)
    print("clock:", sched.now, "pending:", sorted(h.name for h in sched._heap))
    for name, exc in sched.errors:
        print(f"error in {name}: {exc!r}")


asyncio.run(main())
