import asyncio
import time


def blocking_io(name: str, *, repeat: int = 1) -> str:
    time.sleep(0.01)
    return name * repeat


async def main() -> None:
    results = await asyncio.gather(
        asyncio.to_thread(blocking_io, "ab", repeat=2),
        asyncio.to_thread(blocking_io, "xyz"),
        asyncio.sleep(0.005, result="from sleep"),
    )
    print(results)


asyncio.run(main())
