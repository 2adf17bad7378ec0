# A pool of "thumbnail" workers fed through a bounded queue, stopped with sentinels.
import asyncio
from collections import Counter
from typing import NamedTuple


class Job(NamedTuple):
    name: str
    width: int
    height: int


STOP = object()

JOBS = [
    Job("beach.jpg", 4000, 3000),
    Job("cat.png", 800, 800),
    Job("broken.gif", 0, 120),
    Job("tall.jpg", 600, 2400),
    Job("banner.webp", 3000, 500),
    Job("icon.png", 64, 64),
    Job("void.bmp", 10, 0),
    Job("family.jpg", 5120, 2880),
]


def fit(job, box=256):
    """Scale so that the longest side is `box`, never upscaling."""
    if not (job.width and job.height):
        raise ValueError(f"{job.name}: empty image {job.width}x{job.height}")
    scale = min(1.0, box / max(job.width, job.height))
    return max(1, round(job.width * scale)), max(1, round(job.height * scale))


async def producer(queue, jobs, n_workers):
    for job in jobs:
        await queue.put(job)       # blocks while the queue is full
    for _ in range(n_workers):
        await queue.put(STOP)


async def worker(queue, results, stats):
    done = 0
    while (job := await queue.get()) is not STOP:
        await asyncio.sleep(0.005)
        try:
            results[job.name] = fit(job)
        except ValueError as e:
            results[job.name] = e
            stats["failed"] += 1
        else:
            stats["ok"] += 1
            done += 1
    return done


async def main():
    n_workers = 3
    queue = asyncio.Queue(maxsize=2)
    results, stats = {}, Counter()
    _, *counts = await asyncio.gather(
        producer(queue, JOBS, n_workers),
        *(worker(queue, results, stats) for _ in range(n_workers)),
    )

    for job in JOBS:
        match results[job.name]:
            case (w, h) if (w, h) == (job.width, job.height):
                print(f"{job.name:<12} unchanged")
            case (w, h):
                ratio = (w * h) / (job.width * job.height)
                print(f"{job.name:<12} {job.width:>5}x{job.height:<5} -> {w:>3}x{h:<3} ({ratio:.2%})")
            case ValueError() as err:
                print(f"{job.name:<12} ERROR {err}")

    print("totals:", dict(sorted(stats.items())))
    print("every job accounted for:", sum(counts) + stats["failed"] == len(JOBS))
    print("queue drained:", queue.empty())


asyncio.run(main())
