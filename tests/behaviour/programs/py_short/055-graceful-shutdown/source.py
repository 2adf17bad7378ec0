import asyncio


async def service(name: str, stop: asyncio.Event) -> str:
    while not stop.is_set():
        try:
            await asyncio.wait_for(stop.wait(), timeout=0.005)
        except asyncio.TimeoutError:
            pass  # do periodic work here
    return f"{name} stopped cleanly"


async def main() -> None:
    stop = asyncio.Event()
    tasks = [asyncio.create_task(service(n, stop)) for n in ("web", "mailer")]
    await asyncio.sleep(0.02)
    print("running:", sum(not t.done() for t in tasks))
    stop.set()
    for line in await asyncio.gather(*tasks):
        print(line)


if __name__ == "__main__":
    asyncio.run(main())
