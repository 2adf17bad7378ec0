import asyncio


async def double(x: int) -> int:
    await asyncio.sleep(0.005)
    return 2 * x


async def is_even(x: int) -> bool:
    await asyncio.sleep(0)
    return x % 2 == 0


async def main() -> None:
    print([await double(i) for i in range(5)])
    print([i for i in range(10) if await is_even(i)])
    print({k: await double(len(k)) for k in ["a", "bb", "ccc"]})
    total = sum([await double(i) for i in (1, 2, 3)])
    print(f"{total=}")


asyncio.run(main())
