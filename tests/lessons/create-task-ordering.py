import asyncio

started = []
count = 0
state = {}


async def work(name):
    started.append(name)
    await asyncio.sleep(1)


async def counts():
    global count
    count += 1
    await asyncio.sleep(1)


async def stores():
    state["ready"] = True
    await asyncio.sleep(1)


async def late():
    await asyncio.sleep(1)
    started.append("late")


async def found():
    task = asyncio.create_task(work("a"))
    print(len(started))  #~ create-task-ordering
    await task


async def found_count(group):
    task = asyncio.create_task(counts())
    print(count)  #~ create-task-ordering
    await task
    other = asyncio.create_task(stores())
    if state:  #~ create-task-ordering
        print("ready")
    await other
    third = asyncio.ensure_future(work("b"))
    name = "x"
    first = started[0]  #~ create-task-ordering
    await third
    fourth = group.create_task(work("c"))
    for s in started:  #~ create-task-ordering
        print(s, name, first)
    await fourth


async def local():
    seen = []

    async def note():
        seen.append(1)
        await asyncio.sleep(0)

    task = asyncio.create_task(note())
    assert seen  #~ create-task-ordering
    await task
    again = asyncio.create_task(note())
    total = len(seen) + 1  #~ create-task-ordering
    await again
    return total


async def returns():
    task = asyncio.create_task(work("d"))
    return task, list(started)  #~ create-task-ordering


async def fine():
    task = asyncio.create_task(work("a"))
    await asyncio.sleep(0)
    print(len(started))  # ok
    await task
    print(count)  # ok
    other = asyncio.create_task(late())
    print(started)  # ok
    await other
    third = asyncio.create_task(counts())
    print(started)  # ok
    await third
    await work("b")
    print(started)  # ok
    fourth = asyncio.create_task(work("c"))
    await fourth
    print(started)  # ok


def plain():
    print(started, count)  # ok


async def unknown(job):
    task = asyncio.create_task(job())
    print(started)  # ok
    await task
