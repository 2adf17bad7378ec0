import asyncio
from dataclasses import dataclass, field


@dataclass(order=True)
class Job:
    priority: int
    name: str = field(compare=False)


async def main() -> None:
    queue: asyncio.PriorityQueue[Job] = asyncio.PriorityQueue()
    for p, n in [(3, "low"), (1, "urgent"), (2, "normal")]:
        await queue.put(Job(p, n))
    print("size:", queue.qsize())
    while not queue.empty():
        job = await queue.get()
        print(f"{job.priority}: {job.name}")
        await asyncio.sleep(0.005)
    print(Job(1, "a") == Job(1, "b"))


if __name__ == "__main__":
    asyncio.run(main())
