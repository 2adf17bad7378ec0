# only: unawaited-coroutine
import asyncio
import asyncio as aio
from asyncio import sleep as nap, create_task as spawn, gather, ensure_future
async def work(): await nap(1)
class Job:
    async def run(self): await nap(1)
    @classmethod
    async def make(cls): await nap(1)
    @staticmethod
    async def stat(): await nap(1)
    @property
    async def prop(self): await nap(1)
    def go(self):
        self.run()  #~ unawaited-coroutine
        Job.stat()  #~ unawaited-coroutine
        self.make()  #~ unawaited-coroutine
        cls = type(self)
    async def other(self):
        aio.sleep(1)  #~ unawaited-coroutine
        nap(1)  #~ unawaited-coroutine
        asyncio.sleep(1)  #~ unawaited-coroutine
        x = self.run()
        y = self.run()
        await y
        z = work()  #~ unawaited-coroutine
        work  
        [work() for _ in range(3)]  #~ unawaited-coroutine
        work() if x else None  #~ unawaited-coroutine
        x and work()  #~ unawaited-coroutine
        (work())  #~ unawaited-coroutine
        _ = work()  #~ unawaited-coroutine
        asyncio.wait_for(work(), 1)  #~ unawaited-coroutine
        job = Job()
        job.run()  #~ unawaited-coroutine
        Job().run()  #~ unawaited-coroutine
        f = work
        f()  #~ unawaited-coroutine
        asyncio.to_thread(print, 1)  #~ unawaited-coroutine
        q = asyncio.Queue()
        q.put(1)  #~ unawaited-coroutine
        q.join()  #~ unawaited-coroutine
        lock = asyncio.Lock()
        lock.acquire()  #~ unawaited-coroutine
        ev = asyncio.Event()
        ev.wait()  #~ unawaited-coroutine
        ev.set()
        q.put_nowait(1)
        asyncio.open_connection("a", 1)  #~ unawaited-coroutine
        asyncio.wait([x])  #~ unawaited-coroutine
