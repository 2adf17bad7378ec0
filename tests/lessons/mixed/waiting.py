# only: busy-wait
import asyncio
done = False
async def f(self, ev, q):
    while not done:  #~ busy-wait
        await asyncio.sleep(0.1)
    while True:  #~ busy-wait
        await asyncio.sleep(1)
    while not self.ready:  #~ busy-wait
        await asyncio.sleep(0)
    while not self.ready:
        await asyncio.sleep(1)
        print("waiting")
    while not ev.is_set():  #~ busy-wait
        await asyncio.sleep(0.01)
    while q.empty():  #~ busy-wait
        await asyncio.sleep(0.1)
    while True:  
        if done:
            break
        await asyncio.sleep(1)
    for _ in range(3):
        await asyncio.sleep(1)
