import asyncio

async def worker(name, sem):
    print(f"{name} waiting")
    async with sem:
        print(f"{name} acquired")
        await asyncio.sleep(0)
    print(name, "done")

async def consumer(name, queue):
    while True:
        item = await queue.get()
        print(name, "got", item)
        if item is None:
            break
        await asyncio.sleep(0)
        print(name, "done", item)

async def log(msg):
    print("log", msg)

async def step(n):
    print("start", n)
    await log(n)
    print("end", n)

async def main():
    sem = asyncio.Semaphore(2)
    await asyncio.gather(*(worker(n, sem) for n in "ABC"))
    q = asyncio.Queue()
    for i in range(4):
        await q.put(i)
    for _ in range(2):
        await q.put(None)
    await asyncio.gather(consumer("x", q), consumer("y", q))
    await asyncio.gather(*(step(i) for i in range(3)))

asyncio.run(main())
