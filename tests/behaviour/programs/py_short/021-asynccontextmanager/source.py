import asyncio
from contextlib import asynccontextmanager


@asynccontextmanager
async def session(name: str):
    print(f"[{name}] open")
    await asyncio.sleep(0.005)
    try:
        yield {"name": name, "items": []}
    except RuntimeError as e:
        print(f"[{name}] rollback: {e}")
    else:
        print(f"[{name}] commit")
    finally:
        print(f"[{name}] close")


async def main():
    async with session("first") as s:
        s["items"].append(1)
        print(s)
    async with session("second") as s:
        raise RuntimeError("boom")


asyncio.run(main())
