import asyncio
from asyncio import gather


async def found(a, b):
    await asyncio.gather(await a(), b())  #~ await-in-promise-all
    await gather(a(), await b())  #~ await-in-promise-all


async def fine(a, b, items):
    await asyncio.gather(a(), b())  # ok
    await asyncio.gather(*await items())  # ok
    await asyncio.gather(a(await b()), b())  # ok


async def shadow(gather, a, b):
    await gather(await a(), b())  # ok
