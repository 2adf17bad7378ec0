import asyncio

_cache: dict[int, asyncio.Task] = {}
calls = 0


async def _load(key: int) -> str:
    global calls
    calls += 1
    await asyncio.sleep(0.01)
    return f"value-{key}"


async def load(key: int) -> str:
    if key not in _cache:
        _cache[key] = asyncio.create_task(_load(key))
    return await _cache[key]


async def main() -> None:
    print(await asyncio.gather(load(1), load(2), load(1), load(1)))
    print("real calls:", calls)


if __name__ == "__main__":
    asyncio.run(main())
