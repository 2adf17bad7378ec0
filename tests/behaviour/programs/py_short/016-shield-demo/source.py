import asyncio


async def save(data: list[str]) -> str:
    await asyncio.sleep(0.03)
    data.append("saved")
    return "ok"


async def main() -> None:
    data: list[str] = []
    inner = asyncio.create_task(save(data))
    try:
        await asyncio.wait_for(asyncio.shield(inner), timeout=0.005)
    except asyncio.TimeoutError:
        print("gave up waiting, data =", data)
    print("inner cancelled?", inner.cancelled())
    print("inner result:", await inner)
    print("data =", data)


asyncio.run(main())
