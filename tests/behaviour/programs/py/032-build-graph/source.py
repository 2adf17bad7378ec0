"""Run build steps concurrently as soon as their dependencies are finished (graphlib)."""
import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Self


@dataclass
class Outcome:
    name: str
    ok: bool
    detail: str = ""


class Build:
    def __init__(self, jobs: int = 2):
        self.steps: dict[str, Callable[..., Awaitable[str]]] = {}
        self.deps: dict[str, set[str]] = {}
        self.sem = asyncio.Semaphore(jobs)
        self.max_parallel = self.active = 0
        self.outcomes: dict[str, Outcome] = {}

    def step(self, *needs: str):
        def register(fn):
            self.steps[fn.__name__] = fn
            self.deps[fn.__name__] = set(needs)
            return fn
        return register

    def without(self, name: str) -> Self:
        other = type(self)()
        other.steps = {k: v for k, v in self.steps.items() if k != name}
        other.deps = {k: v - {name} for k, v in self.deps.items() if k != name}
        return other

    async def _run_step(self, name: str) -> Outcome:
        broken = sorted(d for d in self.deps[name] if not self.outcomes[d].ok)
        if broken:
            return Outcome(name, False, f"skipped because of {', '.join(broken)}")
        async with self.sem:
            self.active += 1
            self.max_parallel = max(self.max_parallel, self.active)
            try:
                return Outcome(name, True, await self.steps[name]())
            except Exception as e:
                return Outcome(name, False, f"{type(e).__name__}: {e}")
            finally:
                self.active -= 1

    async def run(self) -> list[Outcome]:
        sorter = TopologicalSorter(self.deps)
        sorter.prepare()
        finished: asyncio.Queue[Outcome] = asyncio.Queue()

        async def launch(name):
            await finished.put(await self._run_step(name))

        async with asyncio.TaskGroup() as tg:
            while sorter.is_active():
                for name in sorted(sorter.get_ready()):
                    tg.create_task(launch(name))
                outcome = await finished.get()
                self.outcomes[outcome.name] = outcome
                sorter.done(outcome.name)
        return list(self.outcomes.values())


async def work(ms: int, result: str) -> str:
    await asyncio.sleep(ms / 1000)
    return result


def make_build() -> Build:
    build = Build()

    @build.step()
    async def configure():
        return await work(2, "config.h")

    @build.step("configure")
    async def compile_a():
        return await work(25, "a.o")

    @build.step("configure")
    async def compile_b():
        return await work(5, "b.o")

    @build.step("configure")
    async def lint():
        await asyncio.sleep(0.045)
        raise RuntimeError("2 warnings")

    @build.step("compile_a", "compile_b")
    async def link():
        return await work(50, "app.exe")

    @build.step("link", "lint")
    async def package():
        return "app.zip"

    return build


async def main() -> None:
    build = make_build()
    for o in await build.run():
        print(f"{'ok  ' if o.ok else 'FAIL'} {o.name:<10} {o.detail}")
    print("max parallel:", build.max_parallel)

    print("without lint:", [o.detail for o in await build.without("lint").run() if o.ok][-1])

    build.deps["configure"].add("package")
    try:
        await build.run()
    except CycleError as e:
        print("refused:", e.args[0], "| closed:", e.args[1][0] == e.args[1][-1], "| has package:", "package" in e.args[1])


asyncio.run(main())
