import asyncio
import time
from collections import deque, OrderedDict
from contextlib import asynccontextmanager


class RateLimitExceeded(Exception):
    def __init__(self, key, retry_in):
        super().__init__(f"{key}: retry in {retry_in:.2f}")
        self.key = key
        self.retry_in = retry_in


class SlidingWindow:
    def __init__(self, limit, window, clock=time.monotonic):
        self.limit = limit
        self.window = window
        self.clock = clock
        self.calls = {}

    def check(self, key):
        now = self.clock()
        calls = self.calls.setdefault(key, deque())
        while calls and now - calls[0] >= self.window:
            calls.popleft()
        if len(calls) >= self.limit:
            raise RateLimitExceeded(key, self.window - (now - calls[0]))
        calls.append(now)
        return self.limit - len(calls)


class LRU:
    def __init__(self, size):
        self.size = size
        self.data = OrderedDict()
        self.hits = self.misses = 0

    def get(self, key, default=None):
        if key in self.data:
            self.data.move_to_end(key)
            self.hits += 1
            return self.data[key]
        self.misses += 1
        return default

    def put(self, key, value):
        self.data[key] = value
        self.data.move_to_end(key)
        while len(self.data) > self.size:
            old, _ = self.data.popitem(last=False)
            print("evict", old)

    def __repr__(self):
        return f"LRU({list(self.data)}, hits={self.hits}, misses={self.misses})"


class FakeClock:
    def __init__(self):
        self.t = 100.0

    def __call__(self):
        return self.t


class Api:
    def __init__(self, limiter, cache):
        self.limiter = limiter
        self.cache = cache
        self.inflight = 0

    @asynccontextmanager
    async def tracked(self):
        self.inflight += 1
        try:
            yield self.inflight
        finally:
            self.inflight -= 1

    async def fetch(self, user, path):
        if (cached := self.cache.get(path)) is not None:
            return cached + " (cached)"
        left = self.limiter.check(user)
        async with self.tracked() as n:
            await asyncio.sleep(0)
            body = f"{path}#{n} left={left}"
        self.cache.put(path, body)
        return body


async def main():
    clock = FakeClock()
    api = Api(SlidingWindow(3, 10.0, clock), LRU(2))
    for path in ["/a", "/b", "/a", "/c", "/d", "/b"]:
        try:
            print(await api.fetch("ann", path))
        except RateLimitExceeded as e:
            print("limited:", e, round(e.retry_in, 1))
            clock.t += e.retry_in
        clock.t += 0.5
    print(api.cache, api.inflight)
    results = await asyncio.gather(
        *(api.fetch("bob", f"/x{i}") for i in range(5)), return_exceptions=True
    )
    for r in results:
        print(type(r).__name__ if isinstance(r, Exception) else r)
    print(api.inflight, len(api.limiter.calls["bob"]))


asyncio.run(main())
