import asyncio


async def set_after(fut: asyncio.Future, delay: float, value):
    await asyncio.sleep(delay)
    if isinstance(value, Exception):
        fut.set_exception(value)
    else:
        fut.set_result(value)


async def main():
    loop = asyncio.get_running_loop()
    fut = loop.create_future()
    loop.create_task(set_after(fut, 0.01, "... world"))
    print("hello", fut.done())
    print(await fut, fut.done())

    fut2 = loop.create_future()
    t = loop.create_task(set_after(fut2, 0.005, LookupError("nothing")))
    try:
        await fut2
    except LookupError as e:
        print("error:", e)
    await t


asyncio.run(main())
