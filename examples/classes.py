"""A small ferry company: classes with asynchronous methods, and a resource that is closed again."""

import asyncio


class Ferry:
    def __init__(self, name, seats):
        self.name = name
        self._seats = seats

    @property
    def full(self):
        return self._seats == 0

    async def board(self, passenger):
        await asyncio.sleep(0.002)
        if self.full:
            raise RuntimeError(f"{self.name} is full")
        self._seats -= 1
        return f"{passenger} boards {self.name}"


class Ramp:
    def __init__(self, ferry):
        self.ferry = ferry

    async def __aenter__(self):
        await asyncio.sleep(0.001)
        print("ramp down")
        return self.ferry

    async def __aexit__(self, exc_type, exc, tb):
        await asyncio.sleep(0.001)
        print("ramp up")
        return False


async def main():
    async with Ramp(Ferry("Swift", 2)) as ferry:
        for passenger in ["Ida", "Jon", "Kim"]:
            try:
                print(await ferry.board(passenger))
            except RuntimeError as error:
                print(error)
        print("full:", ferry.full)


if __name__ == "__main__":
    asyncio.run(main())
