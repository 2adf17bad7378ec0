"""Elevator controller (SCAN algorithm) with passengers as tasks."""
import asyncio
from bisect import insort
from dataclasses import dataclass, field
from enum import Enum

FLOOR_TIME = 0.02


class Direction(Enum):
    UP = 1
    DOWN = -1
    NONE = 0

    @property
    def opposite(self):
        return Direction(-self.value)


@dataclass
class Stop:
    floor: int
    arrived: asyncio.Event = field(default_factory=asyncio.Event)


class Elevator:
    def __init__(self, floors: int):
        self.floors = floors
        self.floor = 0
        self.direction = Direction.NONE
        self.stops: list[int] = []
        self.bells: dict[int, Stop] = {}
        self.travelled = 0
        self._work = asyncio.Event()

    def request(self, floor: int) -> asyncio.Event:
        if not 0 <= floor < self.floors:
            raise ValueError(f"there is no floor {floor}")
        if floor not in self.bells:
            insort(self.stops, floor)
            self.bells[floor] = Stop(floor)
            self._work.set()
        return self.bells[floor].arrived

    def next_direction(self) -> Direction:
        above = any(s > self.floor for s in self.stops)
        below = any(s < self.floor for s in self.stops)
        match self.direction, above, below:
            case _, False, False:
                return Direction.NONE
            case (Direction.UP, True, _) | (Direction.NONE, True, False):
                return Direction.UP
            case (Direction.DOWN, _, True) | (Direction.NONE, False, True):
                return Direction.DOWN
            case Direction.NONE, True, True:
                nearest = min(self.stops, key=lambda s: abs(s - self.floor))
                return Direction.UP if nearest > self.floor else Direction.DOWN
            case d, _, _:
                return d.opposite

    async def open_doors(self) -> None:
        self.stops.remove(self.floor)
        print(f"[{self.floor}] doors open")
        self.bells.pop(self.floor).arrived.set()
        await asyncio.sleep(0)
        await asyncio.sleep(0)  # let everybody in and out

    async def run(self) -> None:
        while True:
            if not self.stops:
                self._work.clear()
                print(f"[{self.floor}] idle")
                await self._work.wait()
            if self.floor in self.bells:
                await self.open_doors()
            new = self.next_direction()
            if new is not self.direction:
                print(f"[{self.floor}] {self.direction.name.lower()} -> {new.name.lower()}")
                self.direction = new
            if new is not Direction.NONE:
                await asyncio.sleep(FLOOR_TIME)
                self.floor += new.value
                self.travelled += 1


async def passenger(name: str, lift: Elevator, start: int, goal: int, delay_floors: float = 0) -> str:
    await asyncio.sleep(delay_floors * FLOOR_TIME)
    await lift.request(start).wait()
    print(f"     {name} gets in, wants {goal}")
    try:
        arrival = lift.request(goal)
    except ValueError as e:
        return f"{name} stays, {e}"
    await arrival.wait()
    print(f"     {name} gets out")
    return f"{name} went {'up' if goal > start else 'down'} {abs(goal - start)}"


async def main() -> None:
    lift = Elevator(floors=7)
    engine = asyncio.create_task(lift.run())
    trips = await asyncio.gather(
        passenger("Ann", lift, 2, 6),
        passenger("Bob", lift, 4, 0),
        passenger("Cid", lift, 3, 5),
        passenger("Dee", lift, 0, 9),
    )
    await asyncio.sleep(FLOOR_TIME)
    trips.append(await passenger("Eve", lift, 3, 1, delay_floors=1))
    print(*trips, sep="\n")
    engine.cancel()
    print(f"travelled {lift.travelled} floors, now at {lift.floor}, bells left: {list(lift.bells)}")


asyncio.run(main())
