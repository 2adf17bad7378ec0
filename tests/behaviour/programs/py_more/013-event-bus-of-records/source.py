import asyncio
from typing import Any, Callable, TypedDict
from collections import OrderedDict, Counter


class Event(TypedDict):
    name: str
    user: str
    value: int
    tags: list[str]


class EventBus:
    def __init__(self):
        self._handlers: dict[str, list[Callable]] = {}
        self.history: list[Event] = []

    def on(self, name):
        def register(fn):
            self._handlers.setdefault(name, []).append(fn)
            return fn
        return register

    async def emit(self, event: Event) -> int:
        self.history.append(event)
        handlers = self._handlers.get(event["name"], []) + self._handlers.get("*", [])
        results = await asyncio.gather(*[h(event) for h in handlers], return_exceptions=True)
        for h, r in zip(handlers, results):
            if isinstance(r, Exception):
                print(f"handler {h.__name__} failed: {r!r}")
        return sum(1 for r in results if not isinstance(r, Exception))


bus = EventBus()
totals: Counter = Counter()


@bus.on("purchase")
async def bill(event: Event):
    totals[event["user"]] += event["value"]


@bus.on("purchase")
async def audit(event: Event):
    if event["value"] > 100:
        raise RuntimeError(f"suspicious: {event['user']} spent {event['value']}")


@bus.on("*")
async def log(event):
    tags = ",".join(event["tags"]) or "-"
    print(f"[{event['name']:>8}] {event['user']:<6}|{tags}")


class LRU:
    def __init__(self, cap: int):
        self.cap = cap
        self.data: OrderedDict[str, Any] = OrderedDict()

    def get(self, k):
        if k not in self.data:
            return None
        self.data.move_to_end(k)
        return self.data[k]

    def put(self, k, v):
        self.data[k] = v
        self.data.move_to_end(k)
        if len(self.data) > self.cap:
            old, _ = self.data.popitem(last=False)
            print("evict", old)


async def main():
    events = [
        {"name": "login", "user": "ann", "value": 0, "tags": []},
        {"name": "purchase", "user": "ann", "value": 50, "tags": ["web", "eu"]},
        {"name": "purchase", "user": "bob", "value": 500, "tags": ["app"]},
        {"name": "logout", "user": "ann", "value": 0, "tags": []},
    ]
    for e in events:
        n = await bus.emit(e)
        print("  delivered to", n)
    print(totals.most_common())
    print(dict(totals), totals["nobody"])
    cache = LRU(2)
    for e in bus.history:
        cache.put(e["user"], e["value"])
    cache.put("zed", 1)
    print(cache.get("ann"), cache.get("zed"), list(cache.data.items()))
    last = bus.history[-1]
    merged = {**last, "value": 7, "extra": None}
    print(merged)
    for key in sorted(merged):
        print(key, "=", merged[key])


asyncio.run(main())
