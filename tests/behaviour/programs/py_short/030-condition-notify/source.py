import asyncio


async def consumer(cond: asyncio.Condition, items: list, name: str):
    async with cond:
        await cond.wait_for(lambda: len(items) > 0)
        print(name, "took", items.pop(0))


async def producer(cond: asyncio.Condition, items: list):
    for item in ("apple", "pear"):
        await asyncio.sleep(0.01)
        async with cond:
            items.append(item)
            cond.notify()


async def main():
    cond = asyncio.Condition()
    items: list = []
    await asyncio.gather(
        consumer(cond, items, "c1"), consumer(cond, items, "c2"), producer(cond, items)
    )
    print("left:", items)


asyncio.run(main())
