import asyncio


async def background() -> None:
    n = 0
    while True:
        n += 1
        await asyncio.sleep(0.005)


async def main() -> None:
    task = asyncio.create_task(background(), name="bg")
    await asyncio.sleep(0.012)
    print("cancel returned", task.cancel("shutting down"))
    try:
        await task
    except asyncio.CancelledError as e:
        print("args:", e.args)
    print("cancel again:", task.cancel())
    try:
        task.result()
    except asyncio.CancelledError:
        print("result() raises CancelledError")


if __name__ == "__main__":
    asyncio.run(main())
