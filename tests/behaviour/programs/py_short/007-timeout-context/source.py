import asyncio


async def main():
    try:
        async with asyncio.timeout(0.02):
            print("waiting")
            await asyncio.sleep(1)
            print("unreachable")
    except TimeoutError:
        print("caught TimeoutError")

    async with asyncio.timeout(None) as cm:
        await asyncio.sleep(0.005)
    print("expired:", cm.expired())

    loop = asyncio.get_running_loop()
    async with asyncio.timeout(0.01) as cm:
        cm.reschedule(loop.time() + 5)
        await asyncio.sleep(0.03)
    print("rescheduled, expired:", cm.expired())


if __name__ == "__main__":
    asyncio.run(main())
