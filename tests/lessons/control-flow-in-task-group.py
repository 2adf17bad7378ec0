import asyncio
import anyio
import trio
from asyncio import TaskGroup


async def found(jobs):
    async with asyncio.TaskGroup() as group:
        group.create_task(jobs())
        return 1  #~ control-flow-in-task-group


async def more(jobs):
    async with TaskGroup() as group:
        if jobs:
            return group  #~ control-flow-in-task-group
    async with anyio.create_task_group() as group:
        return group  #~ control-flow-in-task-group


async def nursery(jobs):
    async with trio.open_nursery() as nursery:
        try:
            return nursery  #~ control-flow-in-task-group
        finally:
            print(jobs)


async def loops(jobs):
    for job in jobs:
        async with asyncio.TaskGroup() as group:
            group.create_task(job())
            if job:
                continue  #~ control-flow-in-task-group
            break  #~ control-flow-in-task-group
    while jobs:
        async with asyncio.TaskGroup():
            with open("x"):
                break  #~ control-flow-in-task-group
    async with asyncio.TaskGroup() as outer:
        for job in jobs:
            async with asyncio.TaskGroup() as inner:
                inner.create_task(job())
                continue  #~ control-flow-in-task-group
        print(outer)


async def fine(jobs, lock, TaskGroup):
    async with asyncio.TaskGroup() as group:
        for job in jobs:
            if not job:
                continue  # ok
            if job == 1:
                break  # ok
            group.create_task(job())

        async def inner():
            return 1  # ok

        make = lambda: 1  # ok
        while jobs:
            break  # ok
    async with lock:
        for job in jobs:
            continue  # ok
    async with TaskGroup() as group:
        return make, inner  # ok
    return group  # ok
