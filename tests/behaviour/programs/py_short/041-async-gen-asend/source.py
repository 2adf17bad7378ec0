import asyncio


async def averager():
    total, count, avg = 0.0, 0, None
    while True:
        value = yield avg
        if value is None:
            return
        await asyncio.sleep(0)
        total += value
        count += 1
        avg = total / count


async def main() -> None:
    gen = averager()
    await gen.asend(None)
    for v in (10, 20, 60):
        print(f"sent {v:>3} -> average {await gen.asend(v):.2f}")
    try:
        await gen.asend(None)
    except StopAsyncIteration:
        print("closed")


asyncio.run(main())
