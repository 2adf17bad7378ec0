import asyncio


async def say_after(delay: float, what: str) -> None:
    await asyncio.sleep(delay)
    print(what)


async def main() -> None:
    print("started")
    await say_after(0.01, "hello")
    await say_after(0.02, "world")
    print("finished")


if __name__ == "__main__":
    asyncio.run(main())
