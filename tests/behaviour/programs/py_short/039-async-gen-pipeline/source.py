import asyncio


async def numbers(n):
    for i in range(n):
        await asyncio.sleep(0.005)
        yield i


async def amap(fn, source):
    async for x in source:
        yield fn(x)


async def afilter(pred, source):
    async for x in source:
        if pred(x):
            yield x


async def main():
    pipe = amap(lambda x: x ** 2, afilter(lambda x: x % 3 == 0, numbers(13)))
    print([x async for x in pipe])
    text = ",".join([str(x) async for x in amap(hex, numbers(4))])
    print(text)


if __name__ == "__main__":
    asyncio.run(main())
