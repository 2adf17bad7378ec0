import asyncio


async def runner(barrier: asyncio.Barrier, n: int, log: list[str]) -> None:
    await asyncio.sleep(0.005 * n)
    log.append("ready")
    await barrier.wait()
    log.append("go")


async def main() -> None:
    barrier = asyncio.Barrier(3)
    log: list[str] = []
    async with asyncio.TaskGroup() as tg:
        for n in range(3):
            tg.create_task(runner(barrier, n, log))
    print(log)
    print(barrier.parties, barrier.n_waiting, barrier.broken)


if __name__ == "__main__":
    asyncio.run(main())
