"""A worker pool with graceful shutdown and result collection."""
import asyncio
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

SENTINEL = object()


@dataclass
class Result:
    job_id: int
    worker: str
    value: Any = None
    error: str | None = None

    @property
    def ok(self) -> bool:
        return self.error is None


class Pool:
    def __init__(self, size: int, handler):
        self.size = size
        self.handler = handler
        self.queue: asyncio.Queue = asyncio.Queue(maxsize=size * 2)
        self.results: list[Result] = []
        self._workers: list[asyncio.Task] = []

    async def __aenter__(self):
        self._workers = [
            asyncio.create_task(self._work(f"w{i}")) for i in range(self.size)
        ]
        return self

    async def __aexit__(self, exc_type, exc, tb):
        if exc_type is None:
            await self.queue.join()
        for w in self._workers:
            w.cancel()
        for w in self._workers:
            with suppress(asyncio.CancelledError):
                await w
        print("pool closed", "cleanly" if exc_type is None else f"after {exc_type.__name__}")
        return False

    async def _work(self, name: str) -> None:
        while True:
            job_id, payload = await self.queue.get()
            try:
                value = await self.handler(payload)
                self.results.append(Result(job_id, name, value=value))
            except ValueError as exc:
                self.results.append(Result(job_id, name, error=str(exc)))
            finally:
                self.queue.task_done()

    async def submit(self, job_id: int, payload) -> None:
        await self.queue.put((job_id, payload))


async def square_root(n: int) -> float:
    await asyncio.sleep(0.001 * (abs(n) % 3))
    if n < 0:
        raise ValueError(f"negative: {n}")
    return round(n ** 0.5, 3)


async def main() -> None:
    async with Pool(3, square_root) as pool:
        for i, n in enumerate([4, 9, -1, 2, 16, -7]):
            await pool.submit(i, n)
    for r in sorted(pool.results, key=lambda r: r.job_id):
        status = r.value if r.ok else f"error({r.error})"
        print(r.job_id, status)
    good = [r for r in pool.results if r.ok]
    print(f"{len(good)}/{len(pool.results)} ok, sum={sum(r.value for r in good):.3f}")

    try:
        async with Pool(1, square_root):
            raise RuntimeError("abort")
    except RuntimeError as e:
        print("caught", e)


if __name__ == "__main__":
    asyncio.run(main())
