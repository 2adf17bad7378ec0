# only: unawaited-coroutine, dangling-task, floating-promise, misused-promise
import asyncio, functools
from functools import partial
async def work(x=1): await asyncio.sleep(x)
class S:
    def __init__(self): self.items = []
    async def save(self): await work()
    def __enter__(self): return self
    def __exit__(self, *a): self.save()  #~ unawaited-coroutine
    @property
    def saver(self): return self.save
    def __del__(self):
        asyncio.create_task(self.save())  #~ dangling-task
    @staticmethod
    def make(): work()  #~ unawaited-coroutine
async def handler(reader, writer):
    writer.drain()  #~ unawaited-coroutine
    writer.close()
    writer.wait_closed()  #~ unawaited-coroutine
async def f():
    r, w = await asyncio.open_connection("x", 1)
    w.write(b"x")
    w.drain()  #~ unawaited-coroutine
    r.read(10)  #~ unawaited-coroutine
    w.wait_closed()  #~ unawaited-coroutine
    p = await asyncio.create_subprocess_exec("ls")
    p.wait()  #~ unawaited-coroutine
    p.communicate()  #~ unawaited-coroutine
    p.kill()
    s = await asyncio.start_server(handler, "x", 1)
    s.serve_forever()  #~ unawaited-coroutine
    try:
        work()  #~ unawaited-coroutine
    finally:
        work()  #~ unawaited-coroutine
    with S() as q:
        q.save()  #~ unawaited-coroutine
    loop = asyncio.get_running_loop()
    loop.call_soon(lambda: work())  #~ misused-promise
    loop.call_later(1, partial(work, 2))  #~ misused-promise
    loop.call_soon(functools.partial(print, 2))
    loop.call_soon(lambda: asyncio.ensure_future(work()))
    loop.add_signal_handler(1, work)  #~ misused-promise
    await loop.run_in_executor(None, work)  #~ misused-promise
    await asyncio.to_thread(work)  #~ misused-promise
    t = asyncio.create_task(work())
    t.add_done_callback(work)  #~ misused-promise
    del t
    c: asyncio.Task = asyncio.create_task(work())  #~ dangling-task
    global_task = asyncio.create_task(work())  #~ dangling-task
    tasks.add(asyncio.create_task(work()))
    if (z := asyncio.create_task(work())): pass
    print(asyncio.create_task(work()))
    match x:
        case 1: work()  #~ unawaited-coroutine
    for i in range(3): asyncio.create_task(work(i))  #~ dangling-task
    while 1: asyncio.ensure_future(work())  #~ dangling-task
    d = [asyncio.create_task(work()) for _ in range(2)]
    lambda: work()
    asyncio.gather(work(), work())
    asyncio.run_coroutine_threadsafe(work(), loop)
    yield work()
def sync():
    work()  #~ unawaited-coroutine
    map(work, [1])
    list(map(work, [1]))
    w = work()  #~ unawaited-coroutine
    return None
work()  #~ unawaited-coroutine
if True: work()  #~ unawaited-coroutine
