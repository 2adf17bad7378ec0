# only: dangling-task
import asyncio
async def work(): await asyncio.sleep(1)
async def f():
    asyncio.create_task(work())  #~ dangling-task
    t = asyncio.create_task(work())  #~ dangling-task
    _ = asyncio.ensure_future(work())  #~ dangling-task
    loop = asyncio.get_running_loop()
    loop.create_task(work())  #~ dangling-task
    asyncio.get_event_loop().create_task(work())  #~ dangling-task
    u = loop.create_task(work())
    await u
    async with asyncio.TaskGroup() as tg:
        tg.create_task(work())
        v = tg.create_task(work())
    [asyncio.create_task(work()) for _ in range(2)]  #~ dangling-task
    ts = [asyncio.create_task(work()) for _ in range(2)]
    await asyncio.gather(*ts)
    asyncio.create_task(work()).add_done_callback(print)
    asyncio.create_task(work()) if u else None  #~ dangling-task
    u and asyncio.create_task(work())  #~ dangling-task
    lambda: asyncio.create_task(work())
    return asyncio.create_task(work())
class A:
    def __init__(self):
        self.loop = asyncio.get_event_loop()
        self.loop.create_task(work())  #~ dangling-task
        self.t = self.loop.create_task(work())
        self.loop.call_soon(lambda: asyncio.create_task(work()))
    def start(self):
        loop = self.loop
        loop.create_task(work())  #~ dangling-task
        task = asyncio.create_task(work())
        task.add_done_callback(print)
def helper(create_task):
    create_task(work())
def unassigned(x):
    x.create_task(work())
