"""What happens to siblings when members of a TaskGroup fail."""
import asyncio


class DiskError(OSError):
    pass


class ParseError(ValueError):
    pass


events: list[str] = []


async def step(name: str, delay_ms: int, error: Exception | None = None) -> str:
    try:
        await asyncio.sleep(delay_ms / 1000)
        if error is not None:
            events.append(f"{name} fails")
            raise error
        events.append(f"{name} done")
        return name.upper()
    except asyncio.CancelledError:
        events.append(f"{name} cancelled")
        raise


async def sore_loser(name: str) -> None:
    # fails while being cancelled: ends up in the group too
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        events.append(f"{name} fails in cleanup")
        raise ParseError(f"{name} left a mess")


def show(title: str) -> None:
    print(f"[{title}]")
    for e in events:
        print("  ", e)
    events.clear()


async def happy() -> None:
    async with asyncio.TaskGroup() as tg:
        tasks = [tg.create_task(step(n, d)) for n, d in (("a", 40), ("b", 5), ("c", 22))]
    show("all good")
    print("   results", [t.result() for t in tasks])


async def one_failure() -> None:
    try:
        async with asyncio.TaskGroup() as tg:
            quick = tg.create_task(step("quick", 2))
            tg.create_task(step("bad", 20, DiskError("sector 7")))
            slow = tg.create_task(step("slow", 500))
    except* OSError as group:
        events.append(f"caught {type(group).__name__} with {[str(e) for e in group.exceptions]}")
    show("one failure")
    print("   quick:", quick.result(), "| slow cancelled:", slow.cancelled())


async def mixed() -> None:
    try:
        async with asyncio.TaskGroup() as tg:
            tg.create_task(step("bad", 5, DiskError("sector 9")))
            tg.create_task(sore_loser("loser"))
            tg.create_task(step("innocent", 500))
    except* ParseError as group:
        events.append("parse part: " + "; ".join(map(str, group.exceptions)))
    except* DiskError as group:
        events.append("disk part: " + "; ".join(map(str, group.exceptions)))
    events[1:3] = sorted(events[1:3])  # siblings are cancelled in no particular order
    show("mixed")


async def nested() -> None:
    try:
        async with asyncio.TaskGroup() as outer:
            outer.create_task(step("outer", 300))
            async with asyncio.TaskGroup() as inner:
                inner.create_task(step("inner", 5, ParseError("line 3")))
    except BaseExceptionGroup as eg:
        depth, node = 0, eg
        while isinstance(node, BaseExceptionGroup):
            depth += 1
            node = node.exceptions[0]
        events.append(f"{node!r} at depth {depth}; {eg.message}")
        matched, rest = eg.split(ParseError)
        events.append(f"split -> matched={matched is not None} rest={rest}")
    show("nested")


async def body_raises() -> None:
    try:
        async with asyncio.TaskGroup() as tg:
            tg.create_task(step("child", 100))
            await asyncio.sleep(0)
            raise KeyError("body")
    except* KeyError as eg:
        events.append(f"{eg.exceptions[0]!r} from the body")
    show("body raises")


async def main() -> None:
    for scenario in (happy, one_failure, mixed, nested, body_raises):
        await scenario()


asyncio.run(main())
