import asyncio

DONE = object()

async def source(out: asyncio.Queue) -> None:
    for word in "the quick brown fox".split():
        await out.put(word)
    await out.put(DONE)

async def transform(inp: asyncio.Queue, out: asyncio.Queue) -> None:
    while (item := await inp.get()) is not DONE:
        await asyncio.sleep(0.005)
        await out.put(item.title()[::-1])
    await out.put(DONE)

async def sink(inp: asyncio.Queue) -> list:
    result = []
    while (item := await inp.get()) is not DONE:
        result.append(item)
    return result

async def main():
    a, b = asyncio.Queue(2), asyncio.Queue(2)
    *_, words = await asyncio.gather(source(a), transform(a, b), sink(b))
    print(words)

asyncio.run(main())
