import asyncio


async def check(n: int) -> int:
    await asyncio.sleep(0)
    if n % 4 == 1:
        raise ValueError(f"odd one {n}")
    if n % 4 == 3:
        raise TypeError(f"bad type {n}")
    return n


async def main() -> None:
    try:
        async with asyncio.TaskGroup() as tg:
            for n in range(8):
                tg.create_task(check(n))
    except ExceptionGroup as eg:
        print(eg.message, len(eg.exceptions))
        values, rest = eg.split(ValueError)
        print("ValueError:", [str(e) for e in values.exceptions])
        print("rest:", [repr(e) for e in rest.exceptions])


asyncio.run(main())
