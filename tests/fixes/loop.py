# Inside a coroutine get_event_loop gives the loop that runs.
import asyncio


async def main():
    loop = asyncio.get_event_loop()  # the loop
    print(loop.is_running(), loop is asyncio.get_event_loop())
    future = asyncio.get_event_loop().create_future()
    loop.call_soon(future.set_result, "done")
    print(await future)


asyncio.run(main())
