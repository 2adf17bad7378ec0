import asyncio


class Delayed:
    def __init__(self, value, delay=0.005):
        self.value = value
        self.delay = delay

    def __await__(self):
        yield from asyncio.sleep(self.delay).__await__()
        return self.value

    def __repr__(self):
        return f"Delayed({self.value!r})"


async def main():
    d = Delayed("hi")
    print(d)
    print(await d)
    async def wrap(x): return await x
    print(await asyncio.gather(*(wrap(Delayed(i)) for i in range(3))))
    print(await asyncio.wait_for(wrap(Delayed([1, 2])), 1))


asyncio.run(main())
