from collections import OrderedDict
from functools import lru_cache, wraps
import time


class LRU:
    def __init__(self, capacity: int):
        self.capacity = capacity
        self._items = OrderedDict()
        self.hits = self.misses = 0

    def __getitem__(self, key):
        if key not in self._items:
            self.misses += 1
            raise KeyError(key)
        self.hits += 1
        self._items.move_to_end(key)
        return self._items[key]

    def __setitem__(self, key, value):
        if key in self._items:
            self._items.move_to_end(key)
        self._items[key] = value
        while len(self._items) > self.capacity:
            old, _ = self._items.popitem(last=False)
            print("evict", old)

    def __contains__(self, key):
        return key in self._items

    def __len__(self):
        return len(self._items)

    def __iter__(self):
        return iter(self._items)

    def __repr__(self):
        return f"LRU({dict(self._items)})"


def memoize(fn):
    cache = {}

    @wraps(fn)
    def wrapper(*args):
        if args not in cache:
            cache[args] = fn(*args)
        return cache[args]
    wrapper.cache = cache
    return wrapper


@memoize
def grid(m, n):
    return 1 if m == 0 or n == 0 else grid(m - 1, n) + grid(m, n - 1)


@lru_cache(maxsize=None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


cache = LRU(2)
cache["a"] = 1
cache["b"] = 2
print(cache["a"], "a" in cache)
cache["c"] = 3
try:
    cache["b"]
except KeyError as e:
    print("missing", e)
print(len(cache), list(cache), cache, cache.hits, cache.misses)
print(grid(6, 6), len(grid.cache), grid.__name__)
print(fib(60), fib.cache_info().hits > 0)
