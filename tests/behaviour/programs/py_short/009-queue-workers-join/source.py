import asyncio


async def worker(name: str, queue: asyncio.Queue[int], out: list[int]) -> None:
    while True:
        n = await queue.get()
        await asyncio.sleep(0.005)
        out.append(n ** 2)
        queue.task_done()


async def main() -> None:
    queue: asyncio.Queue[int] = asyncio.Queue()
    for n in range(9):
        queue.put_nowait(n)
    out: list[int] = []
    workers = [asyncio.create_task(worker(f"w{i}", queue, out)) for i in range(3)]
    await queue.join()
    for w in workers:
        w.cancel()
    results = await asyncio.gather(*workers, return_exceptions=True)
    print(sorted(out))
    print([type(r).__name__ for r in results])


asyncio.run(main())
