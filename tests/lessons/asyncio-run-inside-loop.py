import asyncio
import asyncio as aio
from asyncio import run


async def work():
    await asyncio.sleep(0)


def helper():
    return asyncio.run(work())


class Client:
    async def get(self):
        return asyncio.run(work())  #~ asyncio-run-inside-loop

    def plain(self):
        return asyncio.run(work())  # ok


async def found(items):
    asyncio.run(work())  #~ asyncio-run-inside-loop
    aio.run(work())  #~ asyncio-run-inside-loop
    run(work())  #~ asyncio-run-inside-loop
    loop = asyncio.get_event_loop()
    loop.run_until_complete(work())  #~ asyncio-run-inside-loop
    helper()  #~ asyncio-run-inside-loop
    if items:
        value = asyncio.run(work())  #~ asyncio-run-inside-loop
        return value
    try:
        return [asyncio.run(work()) for _ in items]  #~ asyncio-run-inside-loop
    finally:
        print("done")


async def fine(run, items):
    await work()  # ok
    run(work())  # ok
    await asyncio.to_thread(helper)  # ok

    def inner():
        return asyncio.run(work())  # ok

    await asyncio.to_thread(inner)
    items.run(work())  # ok
    return lambda: asyncio.run(work())  # ok


def main():
    asyncio.run(work())  # ok


if __name__ == "__main__":
    asyncio.run(work())  # ok
