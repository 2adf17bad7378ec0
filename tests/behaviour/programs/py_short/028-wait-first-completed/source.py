import asyncio


async def mirror(name: str, delay: float) -> str:
    await asyncio.sleep(delay)
    return name


async def main() -> None:
    tasks = {
        asyncio.create_task(mirror("eu", 0.04)),
        asyncio.create_task(mirror("us", 0.005)),
        asyncio.create_task(mirror("asia", 0.05)),
    }
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    print("winner:", done.pop().result())
    print("pending:", len(pending))
    for t in pending:
        t.cancel()
    await asyncio.gather(*pending, return_exceptions=True)
    print("all cancelled:", all(t.cancelled() for t in pending))


asyncio.run(main())
