import asyncio


async def waiter(event: asyncio.Event, name: str) -> None:
    print(f"{name} waiting")
    await event.wait()
    print(f"{name} got the event")


async def main() -> None:
    event = asyncio.Event()
    tasks = [asyncio.create_task(waiter(event, n)) for n in ("ann", "bob")]
    await asyncio.sleep(0.01)
    print("is set?", event.is_set())
    event.set()
    await asyncio.wait(tasks)
    print("is set?", event.is_set())
    event.clear()
    print("cleared:", not event.is_set())


if __name__ == "__main__":
    asyncio.run(main())
