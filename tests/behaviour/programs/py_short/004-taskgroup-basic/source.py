import asyncio


async def square(n: int) -> int:
    await asyncio.sleep(0.005 * n)
    return n * n


async def main() -> None:
    async with asyncio.TaskGroup() as tg:
        tasks = [tg.create_task(square(n)) for n in range(1, 6)]
    print([t.result() for t in tasks])
    print("sum =", sum(t.result() for t in tasks))


if __name__ == "__main__":
    asyncio.run(main())
