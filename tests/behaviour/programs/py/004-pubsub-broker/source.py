"""Topic based publish/subscribe with wildcard topics and async iteration."""
import asyncio
from collections import defaultdict
from fnmatch import fnmatchcase

_CLOSED = object()


class Subscription:
    def __init__(self, broker, pattern, maxsize=0):
        self.broker = broker
        self.pattern = pattern
        self._queue = asyncio.Queue(maxsize)
        self.dropped = 0

    def deliver(self, topic, payload):
        try:
            self._queue.put_nowait((topic, payload))
        except asyncio.QueueFull:
            self.dropped += 1

    def close(self):
        # make room for the marker if the reader is slow
        if self._queue.full():
            self._queue.get_nowait()
            self.dropped += 1
        self._queue.put_nowait(_CLOSED)

    def __aiter__(self):
        return self

    async def __anext__(self):
        item = await self._queue.get()
        if item is _CLOSED:
            raise StopAsyncIteration
        return item

    async def __aenter__(self):
        self.broker._subs[self.pattern].append(self)
        return self

    async def __aexit__(self, exc_type, exc, tb):
        self.broker._subs[self.pattern].remove(self)
        if not self.broker._subs[self.pattern]:
            del self.broker._subs[self.pattern]
        return False


class Broker:
    def __init__(self):
        self._subs = defaultdict(list)

    def subscribe(self, pattern, **kw):
        return Subscription(self, pattern, **kw)

    def publish(self, topic, payload):
        hits = 0
        for pattern, subs in self._subs.items():
            if fnmatchcase(topic, pattern):
                for sub in subs:
                    sub.deliver(topic, payload)
                    hits += 1
        return hits

    def shutdown(self):
        for subs in self._subs.values():
            for s in subs:
                s.close()

    def __len__(self):
        return sum(map(len, self._subs.values()))


async def listener(broker, name, pattern, limit=None, **kw):
    got = []
    async with broker.subscribe(pattern, **kw) as sub:
        async for topic, payload in sub:
            got.append(f"{topic}={payload}")
            if limit and len(got) >= limit:
                break
    return name, got, sub.dropped


async def main():
    broker = Broker()
    tasks = [
        asyncio.create_task(listener(broker, "everything", "*")),
        asyncio.create_task(listener(broker, "temps", "sensor.*.temp")),
        asyncio.create_task(listener(broker, "first-door", "door.*", limit=1)),
        asyncio.create_task(listener(broker, "tiny-buffer", "sensor.*", maxsize=2)),
    ]
    await asyncio.sleep(0)
    print("subscribers:", len(broker))

    for topic, value in [("sensor.kitchen.temp", 21.5), ("sensor.attic.temp", 30.25), ("sensor.attic.humidity", 40)]:
        print(f"publish {topic:<22} -> {broker.publish(topic, value)} receivers")
    await asyncio.sleep(0.02)
    print("publish door ->", broker.publish("door.front", "open"))
    await asyncio.sleep(0.02)
    print("publish door ->", broker.publish("door.front", "closed"))
    broker.shutdown()

    for name, got, dropped in await asyncio.gather(*tasks):
        print(f"[{name}] dropped={dropped}")
        for line in got:
            print("   ", line)
    print("left over:", len(broker))


asyncio.run(main())
