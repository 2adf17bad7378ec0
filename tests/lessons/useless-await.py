import asyncio


def twice(x):
    return f"{x}{x}"


class Thing:
    def __await__(self):
        return asyncio.sleep(0).__await__()


async def found():
    await 1  #~ useless-await
    await "text"  #~ useless-await
    await None  #~ useless-await
    await [1]  #~ useless-await
    await twice(2)  #~ useless-await
    await len("abc")  #~ useless-await
    n = 5
    return await n  #~ useless-await


async def load():
    await asyncio.sleep(0)


def later():
    return load()


async def fine(value, items):
    await load()  # ok
    await value  # ok
    await later()  # ok
    await Thing()  # ok
    await asyncio.sleep(1)  # ok
    task = asyncio.create_task(load())
    await task  # ok
    await items[0]  # ok
    await unknown()  # ok
