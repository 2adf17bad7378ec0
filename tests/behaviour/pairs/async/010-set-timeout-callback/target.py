import asyncio


async def main():
    async def print_later():
        await asyncio.sleep(0.01)
        print("bell rings")

    print("doors open")
    async with asyncio.TaskGroup() as tg:
        tg.create_task(print_later())
        print("seats taken")


if __name__ == "__main__":
    asyncio.run(main())
