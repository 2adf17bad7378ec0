import asyncio
import contextlib


async def slow(name, delay, log):
    try:
        await asyncio.sleep(delay)
        log.append(f"{name} finished")
        return name
    except asyncio.CancelledError:
        log.append(f"{name} cancelled")
        raise
    finally:
        log.append(f"{name} cleanup")


async def with_fallback(coro, fallback, timeout):
    try:
        return await asyncio.wait_for(coro, timeout)
    except asyncio.TimeoutError:
        return fallback


async def first_success(*coros):
    errors = []
    tasks = [asyncio.ensure_future(c) for c in coros]
    try:
        for next_done in asyncio.as_completed(tasks):
            try:
                return await next_done
            except ValueError as e:
                errors.append(str(e))
        raise ExceptionGroup("all failed", [ValueError(e) for e in errors])
    finally:
        for t in tasks:
            t.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def failing(delay, message):
    await asyncio.sleep(delay)
    raise ValueError(message)


async def heartbeat(log, period=0.01):
    n = 0
    while True:
        n += 1
        log.append(f"beat {n}")
        await asyncio.sleep(period)


@contextlib.asynccontextmanager
async def running(coro):
    task = asyncio.create_task(coro)
    try:
        yield task
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def main():
    log = []
    print(await with_fallback(slow("a", 0.005, log), "fallback", 0.1))
    print(await with_fallback(slow("b", 0.5, log), "fallback", 0.02))
    print(log)

    log.clear()
    print(await first_success(failing(0.001, "x"), slow("c", 0.02, log), slow("d", 0.5, log)))
    print(log)
    try:
        await first_success(failing(0.04, "one"), failing(0.01, "two"))
    except* ValueError as group:
        print("group:", [str(e) for e in group.exceptions])

    log.clear()
    async with running(heartbeat(log)) as task:
        await asyncio.sleep(0.035)
        print(task.done())
    print(task.cancelled(), len(log) >= 3, log[0])

    try:
        async with asyncio.timeout(0.01) as cm:
            await asyncio.sleep(1)
    except TimeoutError:
        print("timed out", cm.expired())

    done, pending = await asyncio.wait(
        {asyncio.create_task(slow(n, d, log), name=n) for n, d in [("p", 0.005), ("q", 0.5)]},
        timeout=0.05,
    )
    print([t.get_name() for t in done], [t.get_name() for t in pending])
    for t in pending:
        t.cancel()
    results = await asyncio.gather(*pending, return_exceptions=True)
    print([type(r).__name__ for r in results])


asyncio.run(main())
