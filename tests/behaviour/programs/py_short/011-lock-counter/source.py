import asyncio

class Counter:
    def __init__(self) -> None:
        self.value = 0
        self._lock = asyncio.Lock()

    async def increment(self) -> None:
        async with self._lock:
            current = self.value
            await asyncio.sleep(0)
            self.value = current + 1

async def unsafe(state: dict) -> None:
    current = state["n"]
    await asyncio.sleep(0)
    state["n"] = current + 1

async def main() -> None:
    c = Counter()
    await asyncio.gather(*[c.increment() for _ in range(20)])
    state = {"n": 0}
    await asyncio.gather(*[unsafe(state) for _ in range(20)])
    print("with lock:", c.value)
    print("without lock:", state["n"])

asyncio.run(main())
