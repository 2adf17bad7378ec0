import asyncio
from asyncio import gather


async def found(a, b):
    await asyncio.gather(await a(), await b())  #~ gather-already-awaited
    x = await a()
    y = await b()
    await asyncio.gather(x, y)  #~ gather-already-awaited
    await gather(await a())  #~ gather-already-awaited
    return await gather(x, await b())  #~ gather-already-awaited


async def fine(a, b, items):
    await asyncio.gather(a(), b())  # ok
    x = await a()
    await asyncio.gather(x, b())  # ok
    task = asyncio.create_task(a())
    await asyncio.gather(task, b())  # ok
    await asyncio.gather(*[a(i) for i in items])  # ok
    await asyncio.gather()  # ok
