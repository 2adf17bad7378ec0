"""Priority queue job server: jobs can be submitted, awaited, cancelled and expire."""
import asyncio
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import count
from typing import Any, Coroutine


class Priority(IntEnum):
    HIGH = 0
    NORMAL = 5
    LOW = 9


_serial = count(1)


@dataclass(order=True)
class Job:
    priority: Priority
    serial: int = field(default_factory=lambda: next(_serial))
    name: str = field(default="", compare=False)
    coro: Coroutine | None = field(default=None, compare=False, repr=False)
    future: asyncio.Future = field(default=None, compare=False, repr=False)

    def discard(self):
        self.coro.close()  # avoids "never awaited" warnings


class JobServer:
    def __init__(self):
        self.queue: asyncio.PriorityQueue[Job] = asyncio.PriorityQueue()
        self.order: list[str] = []
        self._resume = asyncio.Event()
        self._resume.set()

    def pause(self):
        self._resume.clear()

    def resume(self):
        self._resume.set()

    def submit(self, name: str, coro: Coroutine, priority: Priority = Priority.NORMAL) -> asyncio.Future:
        future = asyncio.get_running_loop().create_future()
        self.queue.put_nowait(Job(priority, name=name, coro=coro, future=future))
        return future

    async def serve(self):
        while True:
            await self._resume.wait()
            job = await self.queue.get()
            if job.future.cancelled():
                print(f"  drop {job.name} (cancelled)")
                job.discard()
                continue
            print(f"  run  {job.name} [{job.priority.name.lower()}]")
            self.order.append(job.name)
            try:
                result = await job.coro
            except Exception as exc:
                job.future.set_exception(exc)
            else:
                if not job.future.done():
                    job.future.set_result(result)


async def compute(value: Any, ms: int = 2) -> Any:
    await asyncio.sleep(ms / 1000)
    if isinstance(value, Exception):
        raise value
    return value


async def main():
    server = JobServer()
    server.pause()
    runner = asyncio.create_task(server.serve())

    futures = {
        "backup": server.submit("backup", compute("backed up"), Priority.LOW),
        "mail-1": server.submit("mail-1", compute("sent")),
        "alarm": server.submit("alarm", compute("rang", 5), Priority.HIGH),
        "mail-2": server.submit("mail-2", compute(OSError("smtp down"))),
        "prune": server.submit("prune", compute("pruned"), Priority.LOW),
    }
    futures["alarm"].add_done_callback(lambda f: print("  callback:", f.result()))
    futures["mail-1"].cancel("changed my mind")
    print("queued:", server.queue.qsize(), "ran:", server.order)
    server.resume()

    done, pending = await asyncio.wait(futures.values(), timeout=1)
    print("done:", len(done), "pending:", len(pending))
    for name, fut in futures.items():
        if fut.cancelled():
            text = "cancelled"
        elif exc := fut.exception():
            text = f"failed: {exc}"
        else:
            text = fut.result()
        print(f"{name:<8}{text}")

    late = server.submit("late", compute("x", 100))
    try:
        await asyncio.wait_for(late, 0.02)
    except asyncio.TimeoutError:
        print("late: timed out, cancelled =", late.cancelled())
    print(Job(Priority.HIGH, 99, "a") < Job(Priority.LOW, 1, "b"), Job(Priority.LOW, 7, "c"))
    runner.cancel()
    await asyncio.wait([runner])
    print(" > ".join(server.order))


asyncio.run(main())
