import asyncio
import sys
from asyncio import run


async def load():
    await asyncio.sleep(0)


asyncio.run(load())
asyncio.run(load())  #~ asyncio-run-twice
run(load())  #~ asyncio-run-twice


def two():
    first = asyncio.run(load())
    second = asyncio.run(load())  #~ asyncio-run-twice
    return first, second


def looping(items):
    for item in items:
        asyncio.run(load())  #~ asyncio-run-twice
    while items:
        asyncio.run(load())  #~ asyncio-run-twice


def nested(flag):
    asyncio.run(load())
    if flag:
        asyncio.run(load())  #~ asyncio-run-twice


class Tool:
    def run(self):
        try:
            asyncio.run(load())
        finally:
            asyncio.run(load())  #~ asyncio-run-twice


def spread(items):
    return [asyncio.run(load()) for _ in items]  #~ asyncio-run-twice
# ---
import asyncio
import sys


async def load():
    await asyncio.sleep(0)


def one():
    asyncio.run(load())  # ok


def other():
    return asyncio.run(load())  # ok


def branches(flag):
    if flag:
        asyncio.run(load())  # ok
    elif flag is None:
        asyncio.run(load())  # ok
    else:
        asyncio.run(load())  # ok


def early(flag):
    if flag:
        return asyncio.run(load())  # ok
    return asyncio.run(load())  # ok


def choice(flag):
    return asyncio.run(load()) if flag else asyncio.run(load())  # ok


async def awaited():
    await load()  # ok
    await load()  # ok


def shadow(asyncio):
    asyncio.run(1)  # ok
    asyncio.run(2)  # ok


if __name__ == "__main__":
    asyncio.run(load())  # ok
