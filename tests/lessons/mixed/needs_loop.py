# only: async-by-default
import asyncio
async def add(a, b):
    await asyncio.sleep(0)
    return a + b
async def main():
    x = await add(1, 2)
    print(x)
asyncio.run(main())
