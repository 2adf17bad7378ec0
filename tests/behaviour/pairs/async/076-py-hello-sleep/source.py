import asyncio


async def main():
    print("kettle on")
    await asyncio.sleep(0.005)
    print("water boils")
    print("tea is ready")


asyncio.run(main())
