# only: create-task-ordering
import asyncio
log = []
async def work():
    log.append("start")
    await asyncio.sleep(1)
async def main():
    t = asyncio.create_task(work())
    print(log)  #~ create-task-ordering
    await t
    print(log)
async def main2():
    t = asyncio.create_task(work())
    await asyncio.sleep(0)
    print(log)
    await t
async def main3():
    async with asyncio.TaskGroup() as tg:
        tg.create_task(work())
        print(log)  #~ create-task-ordering
