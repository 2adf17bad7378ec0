# only: control-flow-in-task-group, swallowed-cancellation, timeout-without-await, yield-in-cancel-scope
import asyncio
from asyncio import timeout as limit, CancelledError as CE, TaskGroup
async def work(): await asyncio.sleep(1)
async def f(tg2):
    async with limit(1):  #~ timeout-without-await
        print(1)
    async with limit(1):
        await work()
    async with asyncio.timeout(1):
        async for x in gen(): pass
    async with asyncio.timeout(1):  #~ timeout-without-await
        async def g(): await work()
    async with asyncio.timeout(1):
        async with asyncio.Lock(): pass
    try:
        await work()
    except CE:  #~ swallowed-cancellation
        pass
    try:
        await work()
    except CE:
        raise
    try:
        await work()
    except:  #~ swallowed-cancellation
        print("x")
    try:
        await work()
    except Exception:
        pass
    try:
        await work()
    except BaseException as e:
        print(e)
        raise
    try:
        await work()
    except (ValueError, asyncio.CancelledError):  #~ swallowed-cancellation
        print("x")
    try:
        await work()
    except asyncio.CancelledError:
        return 1  #~ swallowed-cancellation
    try:
        await work()
    except asyncio.CancelledError:
        raise
    except BaseException:
        pass
    try:
        print(1)
    except BaseException:
        pass
    async with TaskGroup() as tg:
        tg.create_task(work())
        return 1  #~ control-flow-in-task-group
    for i in range(3):
        async with asyncio.TaskGroup() as tg:
            if i: break  #~ control-flow-in-task-group
            for j in range(3):
                if j: continue
                if j == 2: break
            continue  #~ control-flow-in-task-group
    while True:
        async with asyncio.TaskGroup() as tg:
            def g(): return 1
async def gen():
    async with asyncio.timeout(1):
        yield 1  #~ yield-in-cancel-scope
    async with asyncio.TaskGroup() as tg:
        yield 1  #~ yield-in-cancel-scope
        def q():
            yield 2
    yield 3
from contextlib import asynccontextmanager
@asynccontextmanager
async def cm():
    async with asyncio.timeout(1):
        yield 1
