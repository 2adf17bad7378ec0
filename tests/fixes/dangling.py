"""Tasks that nobody keeps get a set of the module, and the program prints the same."""
from __future__ import annotations

import asyncio

done = []


async def beat(name, delay):
    await asyncio.sleep(delay)
    done.append(name)  # the order in which they end


async def main():
    # two of them
    asyncio.create_task(beat("a", 0.02))  # first
    asyncio.create_task(beat("b", 0.01))
    for i in range(2):
        asyncio.ensure_future(beat(f"c{i}", 0.03 + i / 100))
    last = asyncio.create_task(beat("d", 0.05))
    await asyncio.sleep(0.1)
    print(done)


class Clock:
    def __init__(self):
        self.loop = asyncio.get_running_loop()

    def start(self):
        if self.loop:
            self.loop.create_task(beat("clock", 0))


async def other():
    task = 1
    Clock().start()
    await asyncio.sleep(0.01)
    print(done[-1], task)


asyncio.run(main())
asyncio.run(other())
