import asyncio
from typing import Any, Coroutine


async def with_default(coro: Coroutine[Any, Any, int], timeout: float, default: int) -> int:
    """Return the result of *coro*, or *default* when it takes too long."""
    try:
        async with asyncio.timeout(timeout):
            return await coro
    except TimeoutError:
        return default


async def compute(n: int) -> int:
    await asyncio.sleep(0.005 if n < 10 else 5)
    return n * 100


async def main() -> None:
    values = [await with_default(compute(n), 0.03, -1) for n in (1, 50, 7)]
    print(values)


asyncio.run(main())
