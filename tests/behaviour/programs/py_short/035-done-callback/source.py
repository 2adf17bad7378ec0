import asyncio


def report(task: asyncio.Task) -> None:
    if task.cancelled():
        print(task.get_name(), "-> cancelled")
    elif task.exception():
        print(task.get_name(), "-> failed:", task.exception())
    else:
        print(task.get_name(), "->", task.result())


async def work(x):
    await asyncio.sleep(0.005 * x)
    return 10 // (x - 2)


async def main():
    tasks = []
    for x in (1, 2, 3, 9):
        t = asyncio.create_task(work(x), name=f"work-{x}")
        t.add_done_callback(report)
        tasks.append(t)
    await asyncio.sleep(0.03)
    tasks[-1].cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


asyncio.run(main())
