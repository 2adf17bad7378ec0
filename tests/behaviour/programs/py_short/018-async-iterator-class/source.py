import asyncio


class Countdown:
    """Async iterator counting down to one."""

    def __init__(self, start: int):
        self.current = start

    def __aiter__(self):
        return self

    async def __anext__(self) -> int:
        if self.current <= 0:
            raise StopAsyncIteration
        await asyncio.sleep(0.005)
        value = self.current
        self.current -= 1
        return value


async def main():
    async for n in Countdown(4):
        print(n, end=" ")
    else:
        print("liftoff!")


asyncio.run(main())
