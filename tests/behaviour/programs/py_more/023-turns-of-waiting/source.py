import asyncio

async def consumer(name, q):
    print(name, "start")
    while True:
        item = await q.get()
        if item is None:
            q.task_done()
            break
        print(name, "took", item)
        await asyncio.sleep(0)
        q.task_done()
    print(name, "end")

class Service:
    def __init__(self):
        self.tasks = []
        self.ready = asyncio.Event()

    async def start(self):
        for i in range(2):
            self.tasks.append(asyncio.create_task(self.loop(i)))
        print("service started")

    async def loop(self, i):
        print("loop", i)
        await self.ready.wait()
        print("ready", i)

    async def stop(self):
        for t in self.tasks:
            await t
        print("stopped")

async def other():
    print("other")
    await asyncio.sleep(0)
    print("other end")

async def main():
    q = asyncio.Queue(maxsize=2)
    workers = []
    for n in "ab":
        workers.append(asyncio.create_task(consumer(n, q)))
    print("created")
    for i in range(5):
        await q.put(i)
        print("put", i)
    for _ in workers:
        await q.put(None)
    await q.join()
    await asyncio.gather(*workers)
    s = Service()
    await s.start()
    print("after start")
    s.ready.set()
    print("set")
    await asyncio.sleep(0.01)
    await s.stop()
    t = asyncio.create_task(other())
    await other()
    await t
    lock = asyncio.Lock()
    async def crit(n):
        print("want", n)
        async with lock:
            print("in", n)
            await asyncio.sleep(0)
            print("out", n)
        print("left", n)
    async with asyncio.TaskGroup() as tg:
        for n in range(3):
            tg.create_task(crit(n))
        print("group filled")
    fut = asyncio.get_running_loop().create_future()
    async def waiter(n):
        v = await fut
        print("waiter", n, v)
    ws = [asyncio.create_task(waiter(i)) for i in range(2)]
    await asyncio.sleep(0)
    fut.set_result(42)
    print("result set")
    await asyncio.gather(*ws)
    cond = asyncio.Condition()
    items = []
    async def getter(n):
        async with cond:
            await cond.wait_for(lambda: items)
            print("getter", n, items.pop())
    gs = [asyncio.create_task(getter(i)) for i in range(2)]
    for i in range(2):
        await asyncio.sleep(0)
        async with cond:
            items.append(i)
            print("notify")
            cond.notify()
    await asyncio.gather(*gs)

asyncio.run(main())
