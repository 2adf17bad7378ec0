"""Async memoisation where concurrent callers share one in-flight computation."""
import asyncio
from collections import OrderedDict
from functools import wraps


def async_lru(maxsize=128):
    def decorator(fn):
        cache: OrderedDict[tuple, asyncio.Future] = OrderedDict()
        stats = {"hits": 0, "misses": 0, "joined": 0, "evicted": 0}

        @wraps(fn)
        async def wrapper(*key):
            if fut := cache.get(key):
                cache.move_to_end(key)
                stats["hits" if fut.done() else "joined"] += 1
                return await asyncio.shield(fut)

            stats["misses"] += 1
            task = asyncio.ensure_future(fn(*key))
            cache[key] = task

            def forget_failures(t):
                if t.cancelled() or t.exception() is not None:
                    cache.pop(key, None)

            task.add_done_callback(forget_failures)
            while len(cache) > maxsize:
                cache.popitem(last=False)
                stats["evicted"] += 1
            # shield: one impatient caller must not cancel it for the others
            return await asyncio.shield(task)

        def invalidate(*key):
            return cache.pop(key, None) is not None

        wrapper.stats = stats
        wrapper.invalidate = invalidate
        wrapper.keys = lambda: [k[0] if len(k) == 1 else k for k in cache]
        return wrapper

    return decorator


calls = []


@async_lru(maxsize=3)
async def profile(user):
    calls.append(user)
    await asyncio.sleep(0.03)
    if user.startswith("ghost"):
        raise LookupError(f"no user {user}")
    return {"name": user.title(), "len": len(user)}


async def impatient(user):
    try:
        return await asyncio.wait_for(profile(user), 0.005)
    except asyncio.TimeoutError:
        return "too slow"


async def main():
    same = await asyncio.gather(*[profile("ada") for _ in range(5)])
    print("all the same object:", all(r is same[0] for r in same), calls)
    print(await profile("ada"), profile.stats)

    hurried, patient = await asyncio.gather(impatient("grace"), profile("grace"))
    print("impatient:", hurried, "| patient:", patient)

    errors = await asyncio.gather(profile("ghost1"), profile("ghost1"), return_exceptions=True)
    print([str(e) for e in errors], "cached:", profile.keys())
    try:
        await profile("ghost1")
    except LookupError as e:
        print("asked again:", e.args[0], "| calls:", calls.count("ghost1"))

    for name in ("linus", "guido", "ada", "barbara"):
        await profile(name)
    print("keys now:", profile.keys())
    print("invalidate:", profile.invalidate("guido"), profile.invalidate("nobody"))
    print(profile.stats)
    print("calls:", " ".join(calls))


asyncio.run(main())
