import asyncio


async def lines():
    print("open file")
    try:
        for i in range(100):
            yield f"line {i}"
            await asyncio.sleep(0.005)
    finally:
        print("close file")


async def main():
    gen = lines()
    async for line in gen:
        print(line)
        if line.endswith("2"):
            break
    await gen.aclose()
    print("after break")
    try:
        await anext(gen)
    except StopAsyncIteration:
        print("generator exhausted")


asyncio.run(main())
