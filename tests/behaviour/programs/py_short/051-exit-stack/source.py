import asyncio
from contextlib import AsyncExitStack, asynccontextmanager


@asynccontextmanager
async def resource(name):
    print("acquire", name)
    try:
        yield name.upper()
    finally:
        await asyncio.sleep(0.005)
        print("release", name)


async def main():
    async with AsyncExitStack() as stack:
        stack.callback(print, "sync callback")
        names = [await stack.enter_async_context(resource(n)) for n in ("a", "b", "c")]
        print("using", names)
    print("all released")


if __name__ == "__main__":
    asyncio.run(main())
