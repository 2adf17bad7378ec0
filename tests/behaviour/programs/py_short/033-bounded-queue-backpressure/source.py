import asyncio

log: list[str] = []


async def produce(q: asyncio.Queue[int]) -> None:
    for i in range(4):
        await q.put(i)
        log.append(f"put {i}")


async def consume(q: asyncio.Queue[int]) -> None:
    for _ in range(4):
        await asyncio.sleep(0.01)
        item = await q.get()
        log.append(f"got {item}")


async def main() -> None:
    q: asyncio.Queue[int] = asyncio.Queue(maxsize=1)
    await asyncio.gather(produce(q), consume(q))
    print(log[0], "|", log[1])
    print(len(log), sorted(log))


asyncio.run(main())
