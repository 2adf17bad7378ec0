import asyncio
import functools
from concurrent.futures import ThreadPoolExecutor


def fib(n: int) -> int:
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a


async def main() -> None:
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(max_workers=2) as pool:
        futures = [loop.run_in_executor(pool, fib, n) for n in (10, 20, 50)]
        for value in await asyncio.gather(*futures):
            print(f"{value:,}")
    joined = await loop.run_in_executor(
        None, functools.partial(sorted, [3, 1, 2], reverse=True))
    print(joined)


if __name__ == "__main__":
    asyncio.run(main())
