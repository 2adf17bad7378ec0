"""Erlang flavoured supervisor: restart strategies and a restart budget."""
import asyncio
import enum
from dataclasses import dataclass, field
from typing import Callable, Coroutine


class Restart(enum.Flag):
    NEVER = 0
    ON_ERROR = enum.auto()
    ON_EXIT = enum.auto()
    ALWAYS = ON_ERROR | ON_EXIT


class TooManyRestarts(Exception): ...


@dataclass
class Child:
    name: str
    start: Callable[[], Coroutine]
    restart: Restart = Restart.ON_ERROR
    starts: int = 0
    task: asyncio.Task | None = field(default=None, repr=False)


class Supervisor:
    def __init__(self, name, budget=3, one_for_all=False):
        self.name, self.budget, self.one_for_all = name, budget, one_for_all
        self.children: list[Child] = []

    def log(self, text):
        print(f"{self.name}: {text}")

    def add(self, name, start, **kw):
        self.children.append(Child(name, start, **kw))
        return self

    def _launch(self, child):
        child.starts += 1
        child.task = asyncio.create_task(child.start(), name=child.name)

    async def _stop(self, children):
        running = [c for c in children if c.task and not c.task.done()]
        for child in reversed(running):
            child.task.cancel()
            await asyncio.wait([child.task])
            self.log(f"stopped {child.name}")

    async def run(self):
        for child in self.children:
            self._launch(child)
        try:
            while alive := {c.task: c for c in self.children if c.task}:
                done, _ = await asyncio.wait(alive, return_when=asyncio.FIRST_COMPLETED)
                for child in [c for t, c in alive.items() if t in done]:
                    await self._ended(child)
        finally:
            await self._stop(self.children)
        return {c.name: c.starts for c in self.children}

    async def _ended(self, child):
        error = child.task.exception()
        child.task = None
        self.log(f"{child.name} " + (f"crashed with {error!r}" if error else "returned"))
        if not child.restart & (Restart.ON_ERROR if error else Restart.ON_EXIT):
            return
        if self.budget == 0:
            raise TooManyRestarts(f"{self.name} gives up on {child.name}") from error
        self.budget -= 1
        if self.one_for_all and error:
            siblings = [c for c in self.children if c is not child]
            await self._stop(siblings)
            for c in siblings:
                self._launch(c)
        self._launch(child)


def flaky(crashes, ms):
    left = crashes

    async def run():
        nonlocal left
        await asyncio.sleep(ms / 1000)
        if left:
            left -= 1
            raise RuntimeError(f"{left} crashes to go")
    return run


async def forever():
    await asyncio.Event().wait()


async def main():
    sup = Supervisor("basic")
    sup.add("steady", flaky(0, 5)).add("shaky", flaky(2, 20)).add("fragile", flaky(1, 90), restart=Restart.NEVER)
    print(await sup.run())

    sup = Supervisor("team", budget=1, one_for_all=True)
    sup.add("db", forever).add("cache", forever).add("web", flaky(5, 5), restart=Restart.ALWAYS)
    try:
        await sup.run()
    except TooManyRestarts as e:
        print(f"{e} (cause: {e.__cause__})", [c.starts for c in sup.children])

    root = Supervisor("root", budget=1)
    root.add("leaf-sup", lambda: Supervisor("leaf", budget=0).add("bomb", flaky(1, 2)).run())
    try:
        await root.run()
    except TooManyRestarts as e:
        chain = []
        while e:
            chain.append(type(e).__name__)
            e = e.__cause__
        print(" <- ".join(chain))
    print(Restart.ALWAYS & Restart.ON_EXIT is Restart.ON_EXIT, bool(Restart.NEVER))


asyncio.run(main())
