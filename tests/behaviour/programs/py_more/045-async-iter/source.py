import asyncio
from typing import AsyncIterator


class Ticker:
    def __init__(self, n, delay=0.001):
        self.n = n
        self.delay = delay

    def __aiter__(self):
        self.i = 0
        return self

    async def __anext__(self):
        if self.i >= self.n:
            raise StopAsyncIteration
        self.i += 1
        await asyncio.sleep(self.delay)
        return self.i


async def window(source, size):
    buf = []
    async for x in source:
        buf.append(x)
        if len(buf) == size:
            yield tuple(buf)
            buf.pop(0)


async def merge(*sources) -> AsyncIterator[str]:
    queue = asyncio.Queue()
    done = object()

    async def pump(label, source):
        async for item in source:
            await queue.put(f"{label}{item}")
        await queue.put(done)

    tasks = [asyncio.create_task(pump(label, s)) for label, s in zip("abc", sources)]
    left = len(tasks)
    try:
        while left:
            item = await queue.get()
            if item is done:
                left -= 1
            else:
                yield item
    finally:
        for t in tasks:
            t.cancel()
        print("merge closed")


async def numbers():
    try:
        n = 0
        while True:
            yield n
            n += 1
    finally:
        print("numbers closed")


async def take(source, n):
    out = []
    async for x in source:
        out.append(x)
        if len(out) == n:
            break
    return out


async def main():
    print([w async for w in window(Ticker(5), 3)])
    print(sorted([x async for x in merge(Ticker(3), Ticker(2, 0.002))]))
    gen = numbers()
    print(await take(gen, 3))
    await gen.aclose()
    print({x: x * x async for x in Ticker(3) if x != 2})
    agen = numbers()
    print(await anext(agen), await agen.__anext__(), await agen.asend(None))
    await agen.aclose()
    print(await anext(agen, "exhausted"))
    total = 0
    async for x in Ticker(4):
        if x == 2:
            continue
        total += x
    else:
        print("total", total)
    lst = [await t for t in [asyncio.create_task(asyncio.sleep(0.001, i)) for i in range(3)]]
    print(lst)


asyncio.run(main())
