import asyncio


async def leaf(path: str, depth: int, out: list[str]) -> None:
    await asyncio.sleep(0.005)
    out.append(path)
    if depth == 0:
        return
    async with asyncio.TaskGroup() as tg:
        for side in "LR":
            tg.create_task(leaf(path + side, depth - 1, out))


async def main() -> None:
    out: list[str] = []
    await leaf("*", 2, out)
    print(len(out), sorted(out, key=lambda p: (len(p), p)))


asyncio.run(main())
