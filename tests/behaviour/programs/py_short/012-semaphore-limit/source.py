import asyncio

running = 0
peak = 0


async def job(sem: asyncio.Semaphore, n: int) -> int:
    global running, peak
    async with sem:
        running += 1
        peak = max(peak, running)
        await asyncio.sleep(0.005)
        running -= 1
    return n


async def main() -> None:
    sem = asyncio.Semaphore(3)
    done = await asyncio.gather(*(job(sem, i) for i in range(10)))
    print("done:", done)
    print("peak concurrency:", peak)


asyncio.run(main())
