# Coroutines that are made and thrown away.
import asyncio
import asyncio as aio
from asyncio import gather, sleep as pause


async def save(x=None):
    await asyncio.sleep(0)


alias = save


class Store:
    async def put(self):
        await asyncio.sleep(0)

    async def both(self):
        self.put()  #~ unawaited-coroutine
        await self.put()  # ok


async def statements(flag, items):
    save(1)  #~ unawaited-coroutine
    alias(2)  #~ unawaited-coroutine
    asyncio.sleep(1)  #~ unawaited-coroutine
    aio.sleep(1)  #~ unawaited-coroutine
    pause(1)  #~ unawaited-coroutine
    asyncio.to_thread(print)  #~ unawaited-coroutine
    if flag:
        save(3)  #~ unawaited-coroutine
        return
    for item in items:
        save(item)  #~ unawaited-coroutine
    try:
        pass
    finally:
        save(4)  #~ unawaited-coroutine

    async def inner():
        save(5)  #~ unawaited-coroutine

    await inner()


def plain():
    save(6)  #~ unawaited-coroutine
    held = save(7)  #~ unawaited-coroutine


async def fine(group, items):
    await save(1)  # ok
    task = asyncio.create_task(save(2))  # ok
    await asyncio.gather(save(3), save(4))  # ok
    coroutine = save(5)  # ok
    await coroutine
    group.create_task(save(6))  # ok
    await gather(*[save(i) for i in items])  # ok
    gather(save(7))  # ok
    results = [await save(i) for i in items]  # ok
    await task
    return save(8), results  # ok


def shadow(save):
    save(1)  # ok


def local():
    def save():
        return 1

    save()  # ok


def decorator(function):
    return lambda: 1


@decorator
async def decorated():
    await asyncio.sleep(0)


async def numbers():
    yield 1


def others():
    decorated()  # ok
    numbers()  # ok
    asyncio.run(save())  # ok
