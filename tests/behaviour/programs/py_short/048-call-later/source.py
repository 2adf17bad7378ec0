import asyncio


def callback(n, loop, done):
    print("callback", n)
    if n == 0:
        done.set()
    else:
        loop.call_later(0.005, callback, n - 1, loop, done)


async def main():
    loop = asyncio.get_running_loop()
    done = asyncio.Event()
    loop.call_soon(print, "soon")
    handle = loop.call_later(0.02, print, "never shown")
    handle.cancel()
    loop.call_later(0.005, callback, 2, loop, done)
    await done.wait()
    print("handle cancelled:", handle.cancelled())


asyncio.run(main())
