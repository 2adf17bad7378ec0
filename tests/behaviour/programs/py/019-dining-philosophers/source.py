"""Dining philosophers: lock ordering, plus a demonstration of the deadlock without it."""
import asyncio
from itertools import cycle, islice

NAMES = ["Plato", "Kant", "Hume", "Marx", "Mill"]


class Table:
    def __init__(self, names):
        self.names = names
        self.forks = [asyncio.Lock() for _ in names]
        self.meals = dict.fromkeys(names, 0)
        self.eating = set()
        self.violations = 0

    def neighbours(self, seat):
        n = len(self.names)
        return {self.names[(seat - 1) % n], self.names[(seat + 1) % n]}

    def forks_for(self, seat, ordered):
        pair = (seat, (seat + 1) % len(self.forks))
        return tuple(sorted(pair)) if ordered else pair

    async def eat(self, seat):
        name = self.names[seat]
        if self.eating & self.neighbours(seat):
            self.violations += 1
        self.eating.add(name)
        await asyncio.sleep(0.002)
        self.eating.discard(name)
        self.meals[name] += 1


async def philosopher(table, seat, rounds, ordered=True):
    first, second = table.forks_for(seat, ordered)
    for _ in range(rounds):
        async with table.forks[first]:
            await asyncio.sleep(0)  # give everybody the chance to grab a fork
            async with table.forks[second]:
                await table.eat(seat)


async def dinner(rounds, ordered):
    table = Table(NAMES)
    everyone = asyncio.gather(*(philosopher(table, i, rounds, ordered) for i in range(len(NAMES))))
    try:
        await asyncio.wait_for(everyone, timeout=0.3)
        outcome = "everybody is full"
    except asyncio.TimeoutError:
        outcome = "deadlock broken by timeout"
    return table, outcome


def draw(table):
    width = max(map(len, table.names))
    for name, mark in zip(table.names, islice(cycle("*#"), len(table.names))):
        print(f"  {name:>{width}} {mark * table.meals[name]}{'(hungry)' if not table.meals[name] else ''}")


async def main():
    for ordered in (True, False):
        table, outcome = await dinner(rounds=4, ordered=ordered)
        print(f"ordered={ordered}: {outcome}")
        draw(table)
        print(f"  violations={table.violations} forks still held={sum(f.locked() for f in table.forks)}")


if __name__ == "__main__":
    asyncio.run(main())
