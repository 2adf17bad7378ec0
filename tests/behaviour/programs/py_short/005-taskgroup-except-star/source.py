import asyncio


async def fail(exc: Exception) -> None:
    await asyncio.sleep(0.01)
    raise exc


async def steady() -> None:
    try:
        await asyncio.sleep(0.05)
    except asyncio.CancelledError:
        print("steady was cancelled")
        raise


async def main() -> None:
    try:
        async with asyncio.TaskGroup() as tg:
            tg.create_task(fail(ValueError("bad value")))
            tg.create_task(steady())
    except* ValueError as eg:
        print("value errors:", [str(e) for e in eg.exceptions])
    except* TypeError:
        print("never printed")
    print("after group")


asyncio.run(main())
