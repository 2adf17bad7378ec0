import asyncio


async def step(n: int) -> int:
    await asyncio.sleep(0.005 if n < 3 else 0.05)
    return n


async def main() -> None:
    tasks = [asyncio.create_task(step(n), name=f"step-{n}") for n in range(5)]
    done, pending = await asyncio.wait(tasks, timeout=0.025)
    print("done:   ", sorted(t.get_name() for t in done))
    print("pending:", sorted(t.get_name() for t in pending))
    done2, still = await asyncio.wait(pending)
    print("later:  ", sorted(t.result() for t in done2), "left:", len(still))


asyncio.run(main())
