import asyncio
from asyncio import create_task


async def work(x=None):
    await asyncio.sleep(0)


async def found(items):
    task = asyncio.create_task(work())  #~ sequential-in-disguise
    await task
    other = create_task(work())  #~ sequential-in-disguise
    value = await other
    await asyncio.create_task(work())  #~ sequential-in-disguise
    for item in items:
        t = asyncio.ensure_future(work(item))  #~ sequential-in-disguise
        await t
    return value


async def fine(items):
    one = asyncio.create_task(work())  # ok
    two = asyncio.create_task(work())  # ok
    await one
    await two
    three = asyncio.create_task(work())  # ok
    print("meanwhile")
    await three
    await work()  # ok
    coroutine = work()  # ok
    await coroutine
    async with asyncio.TaskGroup() as group:
        group.create_task(work())  # ok
