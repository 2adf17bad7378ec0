import asyncio


async def eternity() -> str:
    await asyncio.sleep(10)
    return "yay!"


async def quick() -> str:
    await asyncio.sleep(0.005)
    return "quick result"


async def main() -> None:
    for coro_fn in (eternity, quick):
        try:
            result = await asyncio.wait_for(coro_fn(), timeout=0.04)
        except asyncio.TimeoutError:
            print(f"{coro_fn.__name__}: timeout!")
        else:
            print(f"{coro_fn.__name__}: {result}")


asyncio.run(main())
