"""First answer wins: FIRST_COMPLETED, as_completed, FIRST_EXCEPTION."""
import asyncio
from asyncio import FIRST_COMPLETED, FIRST_EXCEPTION

REPLICAS = {"oslo": 60, "paris": 20, "quito": 40}


class ReplicaDown(RuntimeError):
    ...


cancelled = []


async def query(replica, *, fail=False):
    try:
        await asyncio.sleep(REPLICAS[replica] / 1000)
    except asyncio.CancelledError:
        cancelled.append(replica)
        raise
    if fail:
        raise ReplicaDown(replica)
    return f"row from {replica}"


async def race(*coros):
    """Return the first successful result and cancel the others."""
    pending = {asyncio.ensure_future(c) for c in coros}
    errors = []
    try:
        while pending:
            done, pending = await asyncio.wait(pending, return_when=FIRST_COMPLETED)
            for task in done:
                if (err := task.exception()) is None:
                    return task.result(), errors
                errors.append(err)
        raise ExceptionGroup("every replica failed", errors)
    finally:
        for task in pending:
            task.cancel()
        if pending:
            await asyncio.wait(pending)


async def hedged(primary, backup, after_ms):
    """Ask the backup only when the primary is slow."""
    first = asyncio.create_task(query(primary))
    done, _ = await asyncio.wait({first}, timeout=after_ms / 1000)
    if done:
        return first.result(), "no hedge needed"
    (answer, _) = await race(query(backup), first)
    return answer, "hedged"


async def progress():
    total = len(REPLICAS)
    for n, earliest in enumerate(asyncio.as_completed([query(r) for r in REPLICAS]), start=1):
        result = await earliest
        bar = "=" * (n * 12 // total)
        print(f"  [{bar:<12}] {n / total:>4.0%} {result}")


async def abort_on_first_error():
    tasks = {r: asyncio.create_task(query(r, fail=r == "quito"), name=r) for r in REPLICAS}
    done, pending = await asyncio.wait(tasks.values(), return_when=FIRST_EXCEPTION)
    failed = [t.get_name() for t in done if t.exception()]
    print("  done:", sorted(t.get_name() for t in done), "failed:", failed)
    for t in pending:
        t.cancel("somebody failed")
        try:
            await t
        except asyncio.CancelledError as e:
            print(f"  {t.get_name()} cancelled because {e}")


async def main():
    print("race:", *await race(*(query(r) for r in REPLICAS)))
    print("  losers:", sorted(cancelled))
    answer, errors = await race(query("oslo"), query("paris", fail=True))
    print("race with a failure:", answer, errors)
    try:
        await race(*(query(r, fail=True) for r in REPLICAS))
    except* ReplicaDown as eg:
        print(f"{eg.message}: {', '.join(str(e) for e in eg.exceptions)}")

    cancelled.clear()
    print("hedged:", await hedged("paris", "oslo", after_ms=40))
    print("hedged:", await hedged("oslo", "paris", after_ms=20), cancelled)
    print("progress:")
    await progress()
    print("abort:")
    await abort_on_first_error()


asyncio.run(main())
