import asyncio


async def letters():
    for c in "xy":
        await asyncio.sleep(0.005)
        yield c


async def take(n, agen):
    out = []
    it = aiter(agen)
    for _ in range(n):
        out.append(await anext(it, None))
    return out


async def main():
    print(await take(2, letters()))
    print(await take(4, letters()))


asyncio.run(main())
