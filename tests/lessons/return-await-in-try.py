import asyncio


async def load():
    await asyncio.sleep(0)


async def found():
    try:
        return load()  #~ return-await-in-try
    except OSError:
        return None


async def cleanup():
    try:
        return load()  #~ return-await-in-try
    finally:
        print("done")


async def fine():
    try:
        return await load()  # ok
    except OSError:
        return None


async def outside():
    return load()  # ok


def plain():
    try:
        return load()  # ok
    except OSError:
        return None
