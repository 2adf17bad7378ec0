# only: return-await-in-try, useless-await, unnecessary-async, single-promise-in-all, await-in-promise-all, gather-already-awaited, sequential-in-disguise
import asyncio
from asyncio import gather
async def load(x=1):
    await asyncio.sleep(x)
    return x
async def a():
    try:
        return load()  #~ return-await-in-try
    except ValueError:
        pass
async def b():
    try:
        return await load()
    except ValueError:
        pass
async def c():
    await 5  #~ useless-await
    await [load()]  #~ useless-await
    await None  #~ useless-await
    await print("x")  #~ useless-await
    await (load(), load())  #~ useless-await
    x = "a"
    await x  #~ useless-await
    await (x + "b")  #~ useless-await
    await len(x)  #~ useless-await
    await {"a": 1}  #~ useless-await
    await f"{x}"  #~ useless-await
    await (lambda: 1)  #~ useless-await
def plain(): return 1
def nothing(): print("x")
async def d():
    await plain()  #~ useless-await
    await nothing()  #~ useless-await
async def e():  #~ unnecessary-async
    return 1
async def f():
    return await load()
async def g(): ...
async def h():
    raise NotImplementedError
async def i():
    async with x: pass
async def j():
    return [x async for x in y]
async def k():
    yield 1
class P:
    async def run(self): return 1
@deco
async def l(): return 1
async def m():  #~ unnecessary-async
    def inner(): return 1  
    return inner()
async def n():  #~ unnecessary-async
    print("hello")
async def o():
    return load()
async def p():
    await gather(load())  #~ single-promise-in-all
    await gather(load(), load())
    await gather(*[load()])
    await gather(await load(), load())  #~ await-in-promise-all
    await gather(await load(), await load())  #~ await-in-promise-all, gather-already-awaited
    r = await load()
    s = await load()
    await asyncio.gather(r, s)  #~ gather-already-awaited
    t = asyncio.create_task(load())  #~ sequential-in-disguise
    await t
    u = asyncio.create_task(load())
    print("x")
    await u
    await asyncio.create_task(load())  #~ sequential-in-disguise
    await asyncio.wait_for(asyncio.create_task(load()), 1)
    await gather(*[await load(x) for x in range(3)])  #~ await-in-promise-all, gather-already-awaited
    await gather(load(), return_exceptions=True)
