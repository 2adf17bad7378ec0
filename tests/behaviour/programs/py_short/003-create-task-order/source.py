import asyncio


async def worker(tag, delay):
    print(f"{tag}: start")
    await asyncio.sleep(delay)
    print(f"{tag}: done")
    return tag.upper()


async def main():
    slow = asyncio.create_task(worker("slow", 0.04), name="slow-task")
    fast = asyncio.create_task(worker("fast", 0.01), name="fast-task")
    print("tasks created:", slow.get_name(), fast.get_name())
    print(await slow, await fast)
    print(slow.done(), fast.cancelled())


asyncio.run(main())
