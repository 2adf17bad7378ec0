import asyncio
from typing import AsyncIterator


async def ticker(delay: float, to: int) -> AsyncIterator[int]:
    """Yield numbers from 0 to *to* every *delay* seconds."""
    for i in range(to):
        yield i
        await asyncio.sleep(delay)


async def main() -> None:
    async for i in ticker(0.005, 3):
        print("tick", i)
    squares = [i * i async for i in ticker(0, 6) if i % 2]
    print(squares)
    print({i: chr(97 + i) async for i in ticker(0, 3)})
    print(sorted({i % 3 async for i in ticker(0, 9)}))


if __name__ == "__main__":
    asyncio.run(main())
