import asyncio


async def ping(host: str, ms: int) -> str:
    await asyncio.sleep(ms / 1000)
    return f"{host} replied"


async def main() -> None:
    hosts = {"gamma": 45, "alpha": 5, "beta": 25}
    coros = [ping(h, ms) for h, ms in hosts.items()]
    for i, fut in enumerate(asyncio.as_completed(coros), start=1):
        print(i, await fut)


if __name__ == "__main__":
    asyncio.run(main())
