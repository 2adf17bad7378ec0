import asyncio
import functools
from typing import Any, Awaitable, Callable


class TransientError(Exception):
    pass


def backoff(base: float, factor: float, limit: float):
    delay = base
    while True:
        yield min(delay, limit)
        delay *= factor


async def retry(fn: Callable[[], Awaitable[Any]], *, attempts: int = 4, base: float = 0.001, on_retry=None) -> Any:
    delays = backoff(base, 2, 0.01)
    for attempt in range(1, attempts + 1):
        try:
            return await fn()
        except TransientError as exc:
            if attempt == attempts:
                raise RuntimeError(f"gave up after {attempt} attempts") from exc
            delay = next(delays)
            if on_retry is not None:
                on_retry(attempt, exc, delay)
            await asyncio.sleep(delay)


class Flaky:
    def __init__(self, failures: int) -> None:
        self.failures = failures
        self.calls = 0

    async def __call__(self) -> str:
        self.calls += 1
        await asyncio.sleep(0)
        if self.calls <= self.failures:
            raise TransientError(f"failure {self.calls}")
        return f"success after {self.calls}"


def timed(label):
    def decorator(fn):
        @functools.wraps(fn)
        async def wrapper(*args, **kwargs):
            print(f"{label}: start {fn.__name__}")
            try:
                return await fn(*args, **kwargs)
            finally:
                print(f"{label}: end")
        return wrapper
    return decorator


@timed("job")
async def job(failures, attempts=4):
    log = []
    flaky = Flaky(failures)
    try:
        result = await retry(flaky, attempts=attempts, on_retry=lambda a, e, d: log.append((a, str(e), d)))
    except RuntimeError as exc:
        result = f"{exc} <- {exc.__cause__}"
    return result, log


async def main():
    for failures in (0, 2, 9):
        result, log = await job(failures)
        print(result, log)
    print(await job(1, attempts=1))
    results = await asyncio.gather(retry(Flaky(1)), retry(Flaky(9), attempts=2), return_exceptions=True)
    for r in results:
        print(repr(r))


asyncio.run(main())
