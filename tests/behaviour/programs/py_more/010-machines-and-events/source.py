"""A small state machine and event simulation with seeded pseudo-random numbers."""
import asyncio
import heapq
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Callable, Generator, Iterable


class Phase(Enum):
    IDLE = auto()
    BUSY = auto()
    DOWN = auto()

    def __str__(self):
        return self.name.lower()


TRANSITIONS: dict[tuple[Phase, str], Phase] = {
    (Phase.IDLE, "start"): Phase.BUSY,
    (Phase.BUSY, "finish"): Phase.IDLE,
    (Phase.BUSY, "crash"): Phase.DOWN,
    (Phase.DOWN, "repair"): Phase.IDLE,
}


class InvalidTransition(Exception):
    def __init__(self, phase, event):
        self.phase = phase
        self.event = event
        super().__init__(f"{phase} cannot {event}")


class Machine:
    def __init__(self, name: str):
        self.name = name
        self.phase = Phase.IDLE
        self.history: list[tuple[float, Phase]] = []
        self._listeners: list[Callable[[str, Phase, Phase], None]] = []

    def on_change(self, fn):
        self._listeners.append(fn)
        return fn

    def fire(self, event: str, now: float) -> None:
        try:
            new = TRANSITIONS[self.phase, event]
        except KeyError:
            raise InvalidTransition(self.phase, event) from None
        old, self.phase = self.phase, new
        self.history.append((now, new))
        for fn in self._listeners:
            fn(self.name, old, new)


@dataclass(order=True)
class Event:
    at: float
    seq: int
    machine: str = field(compare=False)
    kind: str = field(compare=False)


class Simulation:
    def __init__(self, machines: Iterable[Machine]):
        self.machines = {m.name: m for m in machines}
        self.queue: list[Event] = []
        self.seq = 0
        self.errors: list[str] = []

    def schedule(self, at: float, machine: str, kind: str) -> None:
        self.seq += 1
        heapq.heappush(self.queue, Event(at, self.seq, machine, kind))

    def steps(self) -> Generator[Event, None, int]:
        count = 0
        while self.queue:
            event = heapq.heappop(self.queue)
            try:
                self.machines[event.machine].fire(event.kind, event.at)
            except InvalidTransition as exc:
                self.errors.append(f"t={event.at}: {exc}")
            count += 1
            yield event
        return count


def drive(sim):
    n = yield from sim.steps()
    print("steps:", n)


def lcg(seed):
    while True:
        seed = (seed * 1103515245 + 12345) % 2**31
        yield seed


async def main():
    a, b = Machine("a"), Machine("b")

    @a.on_change
    def log(name, old, new):
        print(f"{name}: {old} -> {new}")

    b.on_change(lambda name, old, new: print(name.upper(), old.name, new.value))
    sim = Simulation([a, b])
    for at, m, k in [(1, "a", "start"), (3, "a", "finish"), (2, "b", "start"), (2, "a", "repair"), (2.5, "b", "crash")]:
        sim.schedule(at, m, k)
    for ev in drive(sim):
        await asyncio.sleep(0)
        if ev.kind == "crash":
            sim.schedule(ev.at + 1, ev.machine, "repair")
    print(sim.errors)
    print(a.history)
    print([(t, p.name) for t, p in b.history], b.phase is Phase.IDLE)
    g = lcg(42)
    print([next(g) % 100 for _ in range(5)])
    print(Phase["IDLE"], Phase(2), list(Phase))


asyncio.run(main())
