import asyncio


async def heartbeat(beats: list[str]) -> None:
    try:
        while True:
            beats.append("beat")
            await asyncio.sleep(0.005)
    except asyncio.CancelledError:
        beats.append("stopped")


async def main() -> None:
    beats: list[str] = []
    task = asyncio.create_task(heartbeat(beats))
    await asyncio.sleep(0.03)
    task.cancel()
    await task
    print("first:", beats[0], "last:", beats[-1])
    print("more than one beat:", beats.count("beat") > 1)
    print("cancelled():", task.cancelled())


asyncio.run(main())
