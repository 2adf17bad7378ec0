from __future__ import annotations
from dataclasses import dataclass, field
from enum import Enum
import heapq


class Direction(Enum):
    UP = 1
    DOWN = -1
    IDLE = 0

    @classmethod
    def towards(cls, src: int, dst: int) -> Direction:
        return cls((dst > src) - (dst < src))

    def arrow(self) -> str:
        return {Direction.UP: "^", Direction.DOWN: "v"}.get(self, "-")


@dataclass(order=True)
class Event:
    time: int
    order: int
    name: str = field(compare=False)
    args: tuple = field(compare=False, default=())


class Simulator:
    def __init__(self):
        self.now = 0
        self._queue: list[Event] = []
        self._count = 0

    def schedule(self, delay, name, *args):
        self._count += 1
        heapq.heappush(self._queue, Event(self.now + delay, self._count, name, args))

    def run(self, handlers, limit=1000):
        steps = 0
        while self._queue and steps < limit:
            event = heapq.heappop(self._queue)
            self.now = event.time
            handlers[event.name](*event.args)
            steps += 1
        return steps


@dataclass
class Passenger:
    name: str
    start: int
    goal: int
    waited: int | None = None


@dataclass
class Elevator:
    sim: Simulator
    floors: int
    floor: int = 0
    direction: Direction = Direction.IDLE
    waiting: dict[int, list[Passenger]] = field(default_factory=dict)
    riding: list[Passenger] = field(default_factory=list)
    trace: list[str] = field(default_factory=list)

    def call(self, p: Passenger):
        if not 0 <= p.start < self.floors:
            raise IndexError(f"no floor {p.start}")
        p.waited = -self.sim.now
        self.waiting.setdefault(p.start, []).append(p)
        if self.direction is Direction.IDLE:
            self.sim.schedule(0, "decide")

    def targets(self) -> set[int]:
        return {f for f, ps in self.waiting.items() if ps} | {p.goal for p in self.riding}

    def decide(self):
        targets = self.targets()
        if not targets:
            self.direction = Direction.IDLE
            return
        ahead = [f for f in targets if (f - self.floor) * self.direction.value > 0]
        nearest = min(ahead or targets, key=lambda f: (abs(f - self.floor), f))
        self.direction = Direction.towards(self.floor, nearest)
        if self.direction is Direction.IDLE:
            self.open_doors()
        else:
            self.sim.schedule(1, "move")

    def move(self):
        self.floor += self.direction.value
        self.trace.append(f"{self.floor}{self.direction.arrow()}")
        if self.floor in self.targets():
            self.open_doors()
        else:
            self.sim.schedule(0, "decide")

    def open_doors(self):
        leaving = [p for p in self.riding if p.goal == self.floor]
        self.riding = [p for p in self.riding if p not in leaving]
        boarding = self.waiting.pop(self.floor, [])
        for p in boarding:
            p.waited += self.sim.now
        self.riding += boarding
        out = ",".join(p.name for p in leaving) or "nobody"
        into = ",".join(p.name for p in boarding) or "nobody"
        print(f"t={self.sim.now:2} floor {self.floor}: out {out}; in {into}")
        self.sim.schedule(2, "decide")


sim = Simulator()
lift = Elevator(sim, floors=6)
people = [Passenger("Ann", 0, 4), Passenger("Bob", 3, 1), Passenger("Cy", 5, 0)]
for delay, p in zip((0, 1, 6), people):
    sim.schedule(delay, "call", p)
steps = sim.run({"call": lift.call, "decide": lift.decide, "move": lift.move})
print(steps, "steps, finished at", sim.now, lift.direction)
print(" ".join(lift.trace))
print({p.name: p.waited for p in people}, sum(p.waited for p in people) / len(people))
try:
    lift.call(Passenger("Zed", 9, 0))
except IndexError as e:
    print("error:", e)
