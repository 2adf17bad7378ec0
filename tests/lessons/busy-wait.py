import asyncio
import asyncio as aio
from asyncio import sleep


async def found(self, done, items):
    while not done:  #~ busy-wait
        await asyncio.sleep(0.1)
    while not self.ready:  #~ busy-wait
        await aio.sleep(1)
    while len(items) == 0:  #~ busy-wait
        await sleep(0)
    while self.is_busy():  #~ busy-wait
        await asyncio.sleep(1)
    if done:
        while items and not done:  #~ busy-wait
            await asyncio.sleep(1)


async def fine(done, event, items):
    await event.wait()  # ok
    while not done:  # ok
        await asyncio.sleep(1)
        done = items.pop()
    for _ in range(3):  # ok
        await asyncio.sleep(1)
    while not done:  # ok
        await event.wait()
    while not done:  # ok
        print("waiting")
        await asyncio.sleep(1)


async def shadow(sleep, done):
    while not done:  # ok
        sleep(1)
