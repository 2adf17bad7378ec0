"""Producers and consumers around a Condition; a Barrier for the start line."""
import asyncio
from collections import Counter, deque


class Shelf:
    """Bounded buffer where a consumer may ask for several items of one colour at once."""

    def __init__(self, capacity):
        self.capacity = capacity
        self.items = deque()
        self.cond = asyncio.Condition()
        self.peak = 0
        self.closed = False

    async def put(self, item):
        async with self.cond:
            while len(self.items) >= self.capacity:
                await self.cond.wait()
            self.items.append(item)
            self.peak = max(self.peak, len(self.items))
            self.cond.notify_all()

    async def take(self, colour, n):
        def enough():
            return self.closed or self.items.count(colour) >= n

        async with self.cond:
            await self.cond.wait_for(enough)
            if self.items.count(colour) < n:
                return None
            for _ in range(n):
                self.items.remove(colour)
            self.cond.notify_all()
            return [colour] * n

    async def close(self):
        async with self.cond:
            self.closed = True
            self.cond.notify_all()


async def produce(shelf, barrier, colours):
    async with barrier as position:
        assert 0 <= position < barrier.parties
    for colour in colours:
        await shelf.put(colour)
        await asyncio.sleep(0)
    return len(colours)


async def consume(shelf, barrier, colour, n, taken):
    await barrier.wait()
    while (batch := await shelf.take(colour, n)) is not None:
        taken.update(batch)
        await asyncio.sleep(0.001)


async def main():
    shelf = Shelf(capacity=6)
    barrier = asyncio.Barrier(5)
    taken = Counter()
    consumers = [
        asyncio.create_task(consume(shelf, barrier, "red", 2, taken)),
        asyncio.create_task(consume(shelf, barrier, "blue", 1, taken)),
        asyncio.create_task(consume(shelf, barrier, "green", 3, taken)),
    ]
    await asyncio.sleep(0.005)
    print("waiting at the barrier:", barrier.n_waiting, "broken:", barrier.broken)

    made = await asyncio.gather(
        produce(shelf, barrier, ["red", "blue"] * 4),
        produce(shelf, barrier, "green green red green blue green".split()),
    )
    await asyncio.sleep(0.02)
    await shelf.close()
    await asyncio.gather(*consumers)

    print("made:", sum(made), made)
    print("taken:", sorted(taken.items()))
    print("left on the shelf:", Counter(shelf.items))
    print("never over capacity:", shelf.peak <= shelf.capacity)

    waiter = asyncio.create_task(barrier.wait())
    await asyncio.sleep(0)
    await barrier.abort()
    try:
        await waiter
    except asyncio.BrokenBarrierError:
        print("the barrier was aborted:", barrier.broken)


asyncio.run(main())
