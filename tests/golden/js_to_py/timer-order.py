import asyncio

background_tasks = set()


async def main():
    print("first")

    async def print_later():
        await asyncio.sleep(1.5)
        print("third")

    task = asyncio.create_task(print_later())
    background_tasks.add(task)
    task.add_done_callback(background_tasks.discard)
    print("second")
    await asyncio.gather(*background_tasks)


if __name__ == "__main__":
    asyncio.run(main())
