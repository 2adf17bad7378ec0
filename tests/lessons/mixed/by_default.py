# only: async-by-default
import asyncio
async def add(a, b): return a + b
async def main():
    x = await add(1, 2)
    print(x)
asyncio.run(main())  #~ async-by-default
