import asyncio
from collections import defaultdict
from enum import Enum


class Status(Enum):
    PENDING = 0
    RUNNING = 1
    DONE = 2
    FAILED = 3
    SKIPPED = 4

    def __bool__(self):
        return self is Status.DONE


class Step:
    def __init__(self, name, *, needs=(), cost=1, fails=False):
        self.name = name
        self.needs = tuple(needs)
        self.cost = cost
        self.fails = fails
        self.status = Status.PENDING
        self.finished = asyncio.Event()

    def __repr__(self):
        return f"<{self.name}:{self.status.name.lower()}>"


class Pipeline:
    def __init__(self, *steps, workers=2):
        self.steps = {s.name: s for s in steps}
        self.slots = asyncio.Semaphore(workers)
        self.log = []
        self._validate()

    def _validate(self):
        visiting, done = set(), set()

        def visit(name, trail=()):
            if name in done:
                return
            if name in visiting:
                raise ValueError("cycle: " + " -> ".join((*trail, name)))
            if name not in self.steps:
                raise KeyError(name)
            visiting.add(name)
            for need in self.steps[name].needs:
                visit(need, (*trail, name))
            visiting.discard(name)
            done.add(name)

        for name in self.steps:
            visit(name)

    async def _run(self, step):
        needs = [self.steps[n] for n in step.needs]
        await asyncio.gather(*(n.finished.wait() for n in needs))
        try:
            if not all(n.status for n in needs):
                step.status = Status.SKIPPED
                self.log.append(f"skip {step.name}")
                return
            async with self.slots:
                step.status = Status.RUNNING
                self.log.append(f"start {step.name}")
                await asyncio.sleep(step.cost * 0.01)
                if step.fails:
                    raise RuntimeError(f"{step.name} exploded")
                step.status = Status.DONE
                self.log.append(f"done {step.name}")
        except RuntimeError as e:
            step.status = Status.FAILED
            self.log.append(f"fail {e}")
        finally:
            step.finished.set()

    async def run(self):
        await asyncio.gather(*map(self._run, self.steps.values()))
        summary = defaultdict(list)
        for s in self.steps.values():
            summary[s.status].append(s.name)
        return summary


async def main():
    pipeline = Pipeline(
        Step("fetch"),
        Step("compile", needs=["fetch"], cost=3),
        Step("lint", needs=["fetch"], cost=1, fails=True),
        Step("test", needs=["compile"], cost=2),
        Step("docs", needs=["lint", "compile"]),
        Step("package", needs=("test",)),
    )
    summary = await pipeline.run()
    print(*pipeline.log, sep="\n")
    for status in Status:
        if status in summary:
            print(f"{status.name:>8}: {', '.join(summary[status])}")
    print(list(pipeline.steps.values())[:2])
    for bad in ([Step("a", needs=["b"]), Step("b", needs=["a"])], [Step("x", needs=["y"])]):
        try:
            Pipeline(*bad)
        except (ValueError, KeyError) as e:
            print(type(e).__name__, e)


asyncio.run(main())
