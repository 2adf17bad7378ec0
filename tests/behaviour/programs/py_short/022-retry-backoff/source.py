import asyncio

class Flaky:
    def __init__(self, failures: int) -> None:
        self.left = failures
    async def call(self) -> str:
        await asyncio.sleep(0.005)
        if self.left:
            self.left -= 1
            raise ConnectionError(f"{self.left} failures left")
        return "success"

async def retry(fn, attempts: int = 3, base: float = 0.005):
    for n in range(1, attempts + 1):
        try:
            return await fn()
        except ConnectionError as e:
            print(f"attempt {n} failed: {e}")
            if n == attempts:
                raise
            await asyncio.sleep(base * 2 ** (n - 1))

async def main() -> None:
    print(await retry(Flaky(2).call))
    try:
        await retry(Flaky(9).call, attempts=2)
    except ConnectionError as e:
        print("gave up:", e)

asyncio.run(main())
