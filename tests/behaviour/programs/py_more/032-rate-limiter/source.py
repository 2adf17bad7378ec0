"""Token bucket rate limiter shared by several clients."""
from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from dataclasses import dataclass, field


@dataclass
class TokenBucket:
    capacity: int
    refill_per_tick: int
    tokens: int = field(init=False)
    waiters: list[asyncio.Future[None]] = field(default_factory=list, repr=False)

    def __post_init__(self) -> None:
        self.tokens = self.capacity

    def try_take(self, amount: int = 1) -> bool:
        if self.tokens >= amount:
            self.tokens -= amount
            return True
        return False

    async def take(self, amount: int = 1) -> None:
        while not self.try_take(amount):
            fut = asyncio.get_running_loop().create_future()
            self.waiters.append(fut)
            await fut

    def tick(self) -> None:
        self.tokens = min(self.capacity, self.tokens + self.refill_per_tick)
        pending, self.waiters = self.waiters, []
        for fut in pending:
            if not fut.done():
                fut.set_result(None)


class Stats:
    def __init__(self) -> None:
        self._hits: dict[str, int] = defaultdict(int)
        self._log: list[tuple[str, int]] = []

    def hit(self, name: str, tokens_left: int) -> None:
        self._hits[name] += 1
        self._log.append((name, tokens_left))

    @property
    def total(self) -> int:
        return sum(self._hits.values())

    def summary(self) -> str:
        return ", ".join(f"{k}={v}" for k, v in sorted(self._hits.items()))


async def client(name: str, n: int, bucket: TokenBucket, stats: Stats) -> None:
    for i in range(n):
        await bucket.take()
        stats.hit(name, bucket.tokens)
        await asyncio.sleep(0)


async def refiller(bucket: TokenBucket, stop: asyncio.Event) -> int:
    ticks = 0
    while not stop.is_set():
        try:
            await asyncio.wait_for(stop.wait(), timeout=0.02)
        except asyncio.TimeoutError:
            bucket.tick()
            ticks += 1
    return ticks


async def main() -> None:
    bucket = TokenBucket(capacity=3, refill_per_tick=2)
    print(bucket)
    stats = Stats()
    stop = asyncio.Event()
    refill_task = asyncio.create_task(refiller(bucket, stop), name="refiller")
    await asyncio.gather(*(client(n, c, bucket, stats) for n, c in [("alice", 3), ("bob", 4)]))
    stop.set()
    ticks = await refill_task
    print("total:", stats.total, "|", stats.summary())
    print("ticks:", ticks, refill_task.get_name())
    for name, left in stats._log[:3]:
        print(f"{name:<8}{left:>3}")


if __name__ == "__main__":
    asyncio.run(main())
