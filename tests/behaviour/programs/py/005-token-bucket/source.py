import asyncio
from dataclasses import dataclass


@dataclass
class Bucket:
    """Token bucket driven by an explicit clock so that we can reason about it."""

    capacity: int
    refill_every: float
    tokens: int = -1

    def __post_init__(self):
        if self.tokens < 0:
            self.tokens = self.capacity
        self._cond = asyncio.Condition()
        self._task = None

    async def __aenter__(self):
        self._task = asyncio.create_task(self._refill())
        return self

    async def __aexit__(self, *exc_info):
        self._task.cancel()
        try:
            await self._task
        except asyncio.CancelledError:
            print("refill task stopped")

    async def _refill(self):
        while True:
            await asyncio.sleep(self.refill_every)
            async with self._cond:
                self.tokens = min(self.capacity, self.tokens + 2)
                self._cond.notify_all()

    def try_acquire(self) -> bool:
        if self.tokens:
            self.tokens -= 1
            return True
        return False

    async def acquire(self) -> bool:
        """Returns True when we had to wait."""
        async with self._cond:
            waited = not self.tokens
            await self._cond.wait_for(lambda: self.tokens > 0)
            self.tokens -= 1
            return waited


async def call_api(bucket: Bucket, n: int, log: list) -> int:
    waited = await bucket.acquire()
    log.append((n, waited))
    return n * n


async def main():
    log: list[tuple[int, bool]] = []
    async with Bucket(capacity=3, refill_every=0.02) as bucket:
        squares = await asyncio.gather(*(call_api(bucket, n, log) for n in range(8)))
        print("results:", squares)
        immediate = [n for n, waited in log if not waited]
        delayed = [n for n, waited in log if waited]
        print("immediate:", immediate)
        print("delayed:  ", sorted(delayed))

        # drain whatever is left and then be rejected
        while bucket.try_acquire():
            pass
        print("rejected when empty:", not bucket.try_acquire())
        try:
            async with asyncio.timeout(0.001):
                await bucket.acquire()
        except TimeoutError:
            print("gave up waiting for a token")
        await asyncio.sleep(0.1)
        print(f"after a pause: {bucket.tokens}/{bucket.capacity}")


asyncio.run(main())
