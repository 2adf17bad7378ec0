import asyncio


def plain():
    await asyncio.sleep(1)  #~ await-outside-async


def loops(xs):
    async for x in xs:  #~ await-outside-async
        print(x)


def enters(x):
    async with x:  #~ await-outside-async
        print(x)


class Thing:
    def method(self):
        return await self.load()  #~ await-outside-async


async def outer():
    def inner():
        await asyncio.sleep(1)  #~ await-outside-async

    return inner


def condition(x):
    if await x:  #~ await-outside-async
        return [await y for y in x]  #~ await-outside-async


await asyncio.sleep(1)  #~ await-outside-async


async def fine(xs):
    await asyncio.sleep(1)  # ok
    async for x in xs:  # ok
        print(x)
    async with xs:  # ok
        print(xs)
    return [x async for x in xs]  # ok


class Other:
    async def method(self):
        return await self.load()  # ok


def makes():
    async def inner():
        await asyncio.sleep(1)  # ok

    return inner


def later():
    return asyncio.sleep(1)  # ok
