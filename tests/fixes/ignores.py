# Ignore comments without effect are taken away, and nothing else is.
import asyncio


async def main():  # asyncport-ignore: dangling-task -- there was one
    # what follows prints
    # asyncport-ignore: blocking-sleep
    await asyncio.sleep(0)
    print("done")


asyncio.run(main())
