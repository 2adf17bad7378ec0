import asyncio
import contextlib
import fnmatch
from collections.abc import AsyncIterator


class Broker:
    def __init__(self):
        self._subs: dict[str, set[asyncio.Queue]] = {}
        self.published = 0

    @contextlib.asynccontextmanager
    async def subscribe(self, topic: str, maxsize: int = 0) -> AsyncIterator[asyncio.Queue]:
        queue: asyncio.Queue = asyncio.Queue(maxsize)
        self._subs.setdefault(topic, set()).add(queue)
        print(f"+ {topic} ({len(self._subs[topic])})")
        try:
            yield queue
        finally:
            self._subs[topic].discard(queue)
            if not self._subs[topic]:
                del self._subs[topic]
            print(f"- {topic}")

    async def publish(self, topic: str, message) -> int:
        delivered = 0
        for queue in self._subs.get(topic, ()):
            await queue.put(message)
            delivered += 1
        self.published += 1
        return delivered

    async def close(self):
        for topic in list(self._subs):
            for q in list(self._subs[topic]):
                await q.put(None)


async def listener(broker, topic, ready, out):
    async with broker.subscribe(topic) as queue:
        ready.set()
        while (msg := await queue.get()) is not None:
            out.append((topic, msg))
            queue.task_done()


async def main():
    broker = Broker()
    received = []
    events = [asyncio.Event() for _ in range(3)]
    topics = ["news", "sport", "news"]
    async with asyncio.TaskGroup() as tg:
        for topic, ev in zip(topics, events):
            tg.create_task(listener(broker, topic, ev, received))
        for ev in events:
            await ev.wait()
        print("delivered", await broker.publish("news", {"id": 1, "title": "hello"}))
        print("delivered", await broker.publish("sport", {"id": 2, "score": (3, 1)}))
        print("delivered", await broker.publish("weather", "rain"))
        await broker.close()
    for topic, msg in sorted(received, key=lambda p: (p[0], str(p[1]))):
        print(topic, msg)
    print(broker.published, broker._subs)


asyncio.run(main())
