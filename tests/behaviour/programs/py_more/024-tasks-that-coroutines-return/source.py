import asyncio

async def work(n):
    await asyncio.sleep(0.01)
    print("work", n)
    return n

async def spawn(n):
    task = asyncio.create_task(work(n))
    await asyncio.sleep(0)
    return task

class P:
    async def start(self):
        self.t = asyncio.create_task(work(5))
        return self.t

async def main():
    t = await spawn(1)
    print("spawned")
    print(await t)
    p = P()
    t2 = await p.start()
    print("started")
    await t2

asyncio.run(main())
