import asyncio


async def producer(queue: asyncio.Queue, n: int) -> None:
    for i in range(n):
        await asyncio.sleep(0.005)
        await queue.put(i)
        print(f"produced {i}")
    await queue.put(None)


async def consumer(queue: asyncio.Queue) -> int:
    total = 0
    while True:
        item = await queue.get()
        if item is None:
            break
        total += item
    return total


async def main() -> None:
    queue: asyncio.Queue = asyncio.Queue()
    _, total = await asyncio.gather(producer(queue, 4), consumer(queue))
    print(f"consumer total: {total}")


asyncio.run(main())
