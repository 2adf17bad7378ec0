import asyncio
import asyncio as aio
import anyio
import trio
from asyncio import timeout
from asyncio import timeout as limit


async def found(rows):
    async with asyncio.timeout(1):  #~ timeout-without-await
        sum(rows)
    async with aio.timeout(1):  #~ timeout-without-await
        sum(rows)
    async with timeout(1):  #~ timeout-without-await
        print(rows)
    async with limit(1) as scope:  #~ timeout-without-await
        print(scope)
    async with asyncio.timeout_at(1):  #~ timeout-without-await
        sum(rows)
    with anyio.move_on_after(1):  #~ timeout-without-await
        sum(rows)
    with trio.fail_after(1):  #~ timeout-without-await
        sum(rows)
    with anyio.fail_after(1):  #~ timeout-without-await

        async def inner():
            await asyncio.sleep(1)

        print(inner)


async def fine(rows, queue, lock, timeout):
    async with asyncio.timeout(1):  # ok
        await queue.get()
    async with asyncio.timeout(1):  # ok
        async for row in rows:
            print(row)
    async with asyncio.timeout(1):  # ok
        async with lock:
            print(rows)
    async with asyncio.timeout(1):  # ok
        if rows:
            for row in rows:
                await row
    async with timeout(1):  # ok
        sum(rows)
    async with lock:  # ok
        sum(rows)
    with open("x") as file:  # ok
        file.read()
    async with asyncio.timeout(1):  # ok
        return [x async for x in rows]


async def generator(rows):
    async with asyncio.timeout(1):  # ok
        yield rows
