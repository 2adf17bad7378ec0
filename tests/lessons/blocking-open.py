import io
from pathlib import Path


async def found(path: Path, name):
    open(name)  #~ blocking-open
    with open(name) as file:  #~ blocking-open
        file.read()
    io.open(name)  #~ blocking-open
    path.open()  #~ blocking-open
    Path(name).open("w")  #~ blocking-open
    target = Path(name) / "x"
    target.open()  #~ blocking-open
    return [open(n) for n in name]  #~ blocking-open


def plain(name):
    open(name)  # ok


async def fine(open, aiofiles, name, asyncio):
    open(name)  # ok
    async with aiofiles.open(name) as file:  # ok
        await file.read()
    await asyncio.to_thread(plain, name)  # ok

    def inner():
        return open(name)  # ok

    return inner


open("x")  # ok
