import asyncio
import functools
import itertools
from typing import Any, Callable, Iterable, Iterator, ParamSpec, TypeVar
from collections.abc import Awaitable

P = ParamSpec("P")
T = TypeVar("T")


class Transient(Exception):
    """Worth another try."""


class Permanent(Exception):
    """Not worth another try."""


class RetriesExhausted(Exception):
    def __init__(self, attempts: int):
        super().__init__(f"gave up after {attempts} attempts")


def exponential(base: float, factor: float = 2.0, cap: float = float("inf")) -> Iterator[float]:
    delay = base
    while True:
        yield min(delay, cap)
        delay *= factor


def retry(
    attempts: int = 3,
    *,
    delays: Callable[[], Iterable[float]] = lambda: itertools.repeat(0.0),
    on: tuple[type[Exception], ...] = (Transient,),
    per_try: float | None = None,
) -> Callable[[Callable[P, Awaitable[T]]], Callable[P, Awaitable[T]]]:
    def decorator(fn):
        @functools.wraps(fn)
        async def wrapper(*args: Any, **kwargs: Any):
            schedule = iter(delays())
            for attempt in range(1, attempts + 1):
                try:
                    async with asyncio.timeout(per_try):
                        return await fn(*args, **kwargs)
                except on as exc:
                    if attempt == attempts:
                        raise RetriesExhausted(attempts) from exc
                    pause = next(schedule)
                    print(f"  {fn.__name__} attempt {attempt}: {type(exc).__name__} {exc} -> retry in {pause * 1000:.0f} ms")
                    await asyncio.sleep(pause)

        wrapper.attempts = attempts
        return wrapper

    return decorator


failures = {"orders": 2, "stock": 9, "slow": 1}


@retry(4, delays=lambda: exponential(0.002, cap=0.006))
async def fetch(table: str) -> str:
    """Fetch a table."""
    if failures.get(table, 0) > 0:
        failures[table] -= 1
        raise Transient(f"[{table} busy]")
    return f"{table}: 3 rows"


@retry(attempts=2, on=(TimeoutError,), per_try=0.02, delays=lambda: [0.001])
async def slow_call() -> str:
    if failures["slow"]:
        failures["slow"] -= 1
        await asyncio.sleep(0.5)
    return "fast this time"


@retry()
async def forbidden() -> None:
    raise Permanent("403")


async def main() -> None:
    print(fetch.__name__, fetch.__doc__, fetch.attempts)
    print(await fetch("users"))
    print(await fetch("orders"))
    try:
        await fetch("stock")
    except RetriesExhausted as e:
        print(f"{e}; cause: {e.__cause__!r}")
    print(await slow_call())
    try:
        await forbidden()
    except Permanent as e:
        print("not retried:", e)
    print("delays:", [round(d, 3) for d in itertools.islice(exponential(0.1, 3, cap=1), 5)])


if __name__ == "__main__":
    asyncio.run(main())
