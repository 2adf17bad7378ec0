import asyncio
import functools
import itertools
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from enum import Enum, IntEnum, auto
from typing import Any, Callable, Coroutine


class Priority(IntEnum):
    LOW = 1
    NORMAL = 5
    HIGH = 10


class Kind(Enum):
    ADDED = auto()
    REMOVED = auto()
    LOW_STOCK = auto()


_ids = itertools.count(1)


@dataclass(order=True)
class Event:
    priority: Priority
    seq: int = field(default_factory=lambda: next(_ids))
    kind: Kind = field(compare=False, default=Kind.ADDED)
    payload: dict[str, Any] = field(compare=False, default_factory=dict)


Handler = Callable[[Event], Coroutine[Any, Any, None]]


class Bus:
    def __init__(self) -> None:
        self.handlers: defaultdict[Kind, list[Handler]] = defaultdict(list)
        self.queue: asyncio.PriorityQueue = asyncio.PriorityQueue()
        self.stats: Counter[Kind] = Counter()

    def on(self, *kinds: Kind):
        def decorator(fn: Handler) -> Handler:
            for k in kinds:
                self.handlers[k].append(fn)
            return fn
        return decorator

    def emit(self, kind: Kind, priority: Priority = Priority.NORMAL, **payload: Any) -> None:
        self.queue.put_nowait((-priority, next(_ids), Event(priority, kind=kind, payload=payload)))

    async def drain(self) -> int:
        handled = 0
        while not self.queue.empty():
            _, _, event = await self.queue.get()
            self.stats[event.kind] += 1
            for handler in self.handlers[event.kind]:
                await handler(event)
                handled += 1
        return handled


bus = Bus()
stock: dict[str, int] = {}


@bus.on(Kind.ADDED, Kind.REMOVED)
async def update(event: Event) -> None:
    item, n = event.payload["item"], event.payload["n"]
    delta = n if event.kind is Kind.ADDED else -n
    stock[item] = stock.get(item, 0) + delta
    print(f"{event.kind.name:<9} {item:<6} {delta:+d} -> {stock[item]}")
    if stock[item] < 3:
        bus.emit(Kind.LOW_STOCK, Priority.HIGH, item=item, left=stock[item])


@bus.on(Kind.LOW_STOCK)
async def warn(event: Event) -> None:
    print(f"! only {event.payload['left']} {event.payload['item']} left (p={event.priority.name}/{int(event.priority)})")


async def main() -> None:
    bus.emit(Kind.ADDED, item="bolt", n=10)
    bus.emit(Kind.ADDED, Priority.HIGH, item="nut", n=4)
    bus.emit(Kind.REMOVED, Priority.LOW, item="nut", n=2)
    bus.emit(Kind.REMOVED, item="bolt", n=8)
    handled = await bus.drain()
    print("handled", handled, {k.name: v for k, v in bus.stats.most_common()})
    print(stock, sum(stock.values()), Priority.HIGH > Priority.LOW, Priority(5).name, sorted(Priority)[0].name)


asyncio.run(main())
