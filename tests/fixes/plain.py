# Functions that never wait lose their async, and their callers the await; who runs when stays as it was.
import asyncio


async def _label(name):  # a label
    return f"<{name}>"


async def _check(value):
    if value < 0:
        raise ValueError("negative")
    print("checked", value)


async def work(name, value):
    print(name, "begins")
    label = await _label(name)
    try:
        await _check(value)
    except ValueError as error:
        print(label, error)
    await asyncio.sleep(0)
    print(await _label(name + "!"), "ends")

    async def twice(x):
        return 2 * x

    total = await twice(value) + await twice(1)
    await asyncio.sleep(0)
    print(name, total)


async def shown(name):
    return name


async def main():
    await asyncio.gather(work("a", 1), work("b", -1), shown("c"))


asyncio.run(main())
