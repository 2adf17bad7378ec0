import asyncio


async def ok(n: int) -> int:
    await asyncio.sleep(0.02)
    print(f"ok({n}) finished")
    return n


async def bad() -> None:
    await asyncio.sleep(0.005)
    raise ValueError("something broke")


async def main() -> None:
    try:
        await asyncio.gather(ok(1), bad(), ok(2))
    except ValueError as e:
        print("caught:", e)
    await asyncio.sleep(0.04)
    print("others kept running")


asyncio.run(main())
