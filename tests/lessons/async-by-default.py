# Whole programs, one after the other.
import asyncio


async def total(rows):
    return sum(rows)


async def main():
    print(await total([1]))


asyncio.run(main())  #~ async-by-default
# ---
import asyncio


class Shop:
    async def price(self, x):
        return x * 2

    async def sell(self, x):
        return await self.price(x)


async def main():
    shop = Shop()
    print(await shop.sell(2))


if __name__ == "__main__":
    asyncio.run(main())  #~ async-by-default
# ---
from asyncio import run


async def main():
    print("hello")


run(main())  #~ async-by-default
# ---
import asyncio
import sys


async def parse(text):
    return text.split()


async def main():
    for line in sys.stdin:
        print(await parse(line))


def start():
    asyncio.run(main())  #~ async-by-default


start()
# ---
import asyncio


async def main():
    await asyncio.sleep(1)


asyncio.run(main())  # ok
# ---
import asyncio
import httpx


async def main():
    async with httpx.AsyncClient() as client:
        print(client)


asyncio.run(main())  # ok
# ---
import asyncio
from shop import price


async def main():
    print(await price(1))


asyncio.run(main())  # ok
# ---
import asyncio


async def total(rows):
    return sum(rows)


async def main():
    print(await asyncio.gather(total([1]), total([2])))


asyncio.run(main())  # ok
# ---
async def helper():  # ok
    return 1
# ---
import asyncio


async def main(queue):
    async for x in queue:
        print(x)


asyncio.run(main(None))  # ok
