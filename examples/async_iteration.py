"""A thermometer that is read a few times; the readings arrive one by one."""

import asyncio


class Thermometer:
    def __init__(self, readings):
        self.readings = list(readings)

    def __aiter__(self):
        return self

    async def __anext__(self):
        if not self.readings:
            raise StopAsyncIteration
        await asyncio.sleep(0.003)
        return self.readings.pop(0)


async def warm(source, limit):
    async for celsius in source:
        if celsius >= limit:
            yield celsius


async def main():
    total = 0
    async for celsius in Thermometer([14, 19, 21, 17, 23]):
        total += celsius
    print(f"sum {total}")
    print([celsius async for celsius in warm(Thermometer([18, 22, 25]), 20)])


if __name__ == "__main__":
    asyncio.run(main())
