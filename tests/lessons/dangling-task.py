# Tasks that nothing refers to.
import asyncio
import asyncio as aio
from asyncio import create_task, ensure_future, get_running_loop


async def work():
    await asyncio.sleep(0)


class Job:
    def start(self):
        asyncio.create_task(work())  #~ dangling-task
        self.task = asyncio.create_task(work())  # ok


async def found(items):
    asyncio.create_task(work())  #~ dangling-task
    aio.create_task(work())  #~ dangling-task
    create_task(work())  #~ dangling-task
    ensure_future(work())  #~ dangling-task
    asyncio.ensure_future(work())  #~ dangling-task
    loop = asyncio.get_running_loop()
    loop.create_task(work())  #~ dangling-task
    asyncio.get_event_loop().create_task(work())  #~ dangling-task
    get_running_loop().create_task(work())  #~ dangling-task
    unused = asyncio.create_task(work())  #~ dangling-task
    for item in items:
        asyncio.create_task(work())  #~ dangling-task


async def fine(tasks, items):
    task = asyncio.create_task(work())  # ok
    await task
    await asyncio.create_task(work())  # ok
    tasks.add(asyncio.create_task(work()))  # ok
    async with asyncio.TaskGroup() as group:
        group.create_task(work())  # ok
    all_tasks = [asyncio.create_task(work()) for _ in items]  # ok
    await asyncio.gather(*all_tasks)
    first, second = create_task(work()), create_task(work())  # ok
    await first
    await second
    return asyncio.create_task(work())  # ok


def shadow(create_task):
    create_task(work())  # ok


class Group:
    def create_task(self, coroutine):
        return coroutine


def own():
    group = Group()
    group.create_task(1)  # ok
