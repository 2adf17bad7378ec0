# only: await-outside-async
import asyncio
async def work(): await asyncio.sleep(1)
def plain():
    await work()  #~ await-outside-async
    async with x: pass  #~ await-outside-async
    [y async for y in z]  #~ await-outside-async
    async for q in z: pass  #~ await-outside-async
    def g(): await work()  #~ await-outside-async
    f = lambda: (await work())  #~ await-outside-async
async def ok():
    await work()
    r = [await work() for _ in range(2)]
    def inner():
        await work()  #~ await-outside-async
    g = (await work() for _ in range(2))
    class A:
        x = await work()  #~ await-outside-async
await work()  #~ await-outside-async
