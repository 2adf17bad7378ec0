import asyncio
from asyncio import gather


async def found(a):
    await asyncio.gather(a())  #~ single-promise-in-all
    (x,) = await gather(a())  #~ single-promise-in-all
    return x


async def fine(a, b, items):
    await asyncio.gather(a(), b())  # ok
    await asyncio.gather(*items)  # ok
    await asyncio.gather(a(), return_exceptions=True)  # ok
