"""Order pipeline: stages connected by queues with a poison pill."""
import asyncio
from dataclasses import dataclass, field
from typing import Optional

STOP = object()


@dataclass
class Order:
    id: int
    items: dict[str, int]
    status: str = "new"
    notes: list[str] = field(default_factory=list)

    def total(self, prices: dict[str, float]) -> float:
        return sum(prices[name] * qty for name, qty in self.items.items())

    def note(self, text: str) -> "Order":
        self.notes.append(text)
        return self


PRICES = {"apple": 0.5, "pear": 0.75, "melon": 3.0}


class Stage:
    name = "stage"

    def __init__(self, inbox: asyncio.Queue, outbox: Optional[asyncio.Queue] = None):
        self.inbox = inbox
        self.outbox = outbox
        self.handled = 0

    async def handle(self, order: Order) -> Optional[Order]:
        raise NotImplementedError

    async def run(self) -> int:
        while True:
            order = await self.inbox.get()
            if order is STOP:
                if self.outbox is not None:
                    await self.outbox.put(STOP)
                break
            result = await self.handle(order)
            self.handled += 1
            if result is not None and self.outbox is not None:
                await self.outbox.put(result)
        return self.handled


class Validate(Stage):
    name = "validate"

    async def handle(self, order):
        unknown = [n for n in order.items if n not in PRICES]
        if unknown:
            print(f"order {order.id}: unknown {', '.join(sorted(unknown))}")
            order.status = "rejected"
            return None
        return order.note("valid")


class Price(Stage):
    name = "price"

    async def handle(self, order):
        await asyncio.sleep(0)
        total = order.total(PRICES)
        order.note(f"total={total:.2f}")
        order.status = "big" if total > 5 else "small"
        return order


class Sink(Stage):
    name = "sink"

    def __init__(self, inbox):
        super().__init__(inbox)
        self.done: list[Order] = []

    async def handle(self, order):
        self.done.append(order)


async def main():
    q1, q2, q3 = asyncio.Queue(), asyncio.Queue(maxsize=1), asyncio.Queue()
    sink = Sink(q3)
    stages = [Validate(q1, q2), Price(q2, q3), sink]
    tasks = [asyncio.create_task(s.run(), name=s.name) for s in stages]
    orders = [
        Order(1, {"apple": 4, "pear": 2}),
        Order(2, {"kiwi": 1, "fig": 2}),
        Order(3, {"melon": 3}),
    ]
    for o in orders:
        await q1.put(o)
    await q1.put(STOP)
    counts = await asyncio.gather(*tasks)
    for s, n in zip(stages, counts):
        print(f"{s.name:<10}{n:>3}")
    for o in sink.done:
        print(o.id, o.status, o.notes)
    print([o.status for o in orders])
    print(max(sink.done, key=lambda o: o.total(PRICES)).id)
    by_status: dict[str, list[int]] = {}
    for o in orders:
        by_status.setdefault(o.status, []).append(o.id)
    print(by_status)


asyncio.run(main())
