import asyncio


class ServiceError(Exception):
    """Raised when the remote service misbehaves."""


async def low_level():
    await asyncio.sleep(0.005)
    return {}["token"]


async def high_level():
    try:
        await low_level()
    except KeyError as e:
        raise ServiceError("could not log in") from e


async def main():
    try:
        await high_level()
    except ServiceError as e:
        print(f"{type(e).__name__}: {e}")
        print(f"caused by {e.__cause__!r}")
    finally:
        print("cleanup")


asyncio.run(main())
