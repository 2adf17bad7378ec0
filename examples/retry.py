"""A vending machine's card reader: it fails now and then, so the payment is tried again."""

import asyncio


class CardError(Exception):
    pass


class Reader:
    def __init__(self, failures):
        self.failures = failures

    async def charge(self, pence):
        await asyncio.sleep(0.002)
        if self.failures > 0:
            self.failures -= 1
            raise CardError("card not read")
        return f"charged {pence}p"


async def pay(reader, pence, attempts=3):
    delay = 0.004
    for attempt in range(1, attempts + 1):
        try:
            return await reader.charge(pence)
        except CardError as error:
            print(f"try {attempt}: {error}")
            if attempt == attempts:
                raise
            await asyncio.sleep(delay)
            delay *= 2


async def main():
    print(await pay(Reader(2), 120))
    try:
        await pay(Reader(5), 80, attempts=2)
    except CardError:
        print("no sale")


if __name__ == "__main__":
    asyncio.run(main())
