"""Event emitter mixing sync and async listeners, once(), weak methods and async iteration."""
import asyncio
import inspect
import weakref
from collections import defaultdict


class Emitter:
    def __init__(self):
        self._listeners = defaultdict(list)
        self._waiters = defaultdict(list)

    def on(self, event, fn=None, *, once=False):
        if fn is None:  # used as a decorator
            return lambda f: self.on(event, f, once=once)
        ref = weakref.WeakMethod(fn) if inspect.ismethod(fn) else (lambda: fn)
        self._listeners[event].append((ref, once))
        return fn

    def once(self, event, fn=None):
        return self.on(event, fn, once=True)

    def off(self, event, fn):
        before = len(self._listeners[event])
        self._listeners[event] = [(r, o) for r, o in self._listeners[event] if r() != fn]
        return before - len(self._listeners[event])

    def wait(self, event):
        fut = asyncio.get_running_loop().create_future()
        self._waiters[event].append(fut)
        return fut

    async def stream(self, *events):
        queue = asyncio.Queue()
        callbacks = {e: (lambda *a, _e=e: queue.put_nowait((_e, a))) for e in events}
        for e, cb in callbacks.items():
            self.on(e, cb)
        try:
            while True:
                yield await queue.get()
        finally:
            removed = sum(self.off(e, cb) for e, cb in callbacks.items())
            print(f"  stream closed, {removed} listeners removed")

    async def emit(self, event, *args):
        listeners, self._listeners[event] = self._listeners[event], []
        pending, delivered = [], 0
        for ref, once in listeners:
            if (fn := ref()) is None:
                continue
            if not once:
                self._listeners[event].append((ref, once))
            delivered += 1
            if inspect.isawaitable(result := fn(*args)):
                pending.append(result)
        for fut in self._waiters.pop(event, []):
            if not fut.done():
                fut.set_result(args)
        if pending:
            results = await asyncio.gather(*pending, return_exceptions=True)
            for exc in filter(lambda r: isinstance(r, Exception), results):
                if event == "error":
                    raise exc
                await self.emit("error", event, exc)
        return delivered


class Audit:
    lines = []

    def record(self, item, price):
        self.lines.append(f"{item}@{price}")


async def main():
    shop, audit = Emitter(), Audit()
    shop.on("sale", audit.record)

    @shop.on("sale")
    async def ship(item, price):
        await asyncio.sleep(0.005)
        print(f"  shipped {item}")

    @shop.once("sale")
    def first_sale(item, price):
        print(f"  first sale ever: {item} for {price:.2f}")

    @shop.on("sale")
    async def tax(item, price):
        if price < 0:
            raise ValueError(f"negative price for {item}")

    shop.on("error", lambda event, exc: print(f"  error in {event}: {exc}"))

    waiter = shop.wait("sale")
    print("listeners called:", await shop.emit("sale", "lamp", 30))
    print("waited for:", await waiter)
    print("listeners called:", await shop.emit("sale", "rug", -5))
    print("audit:", audit.lines, "| off:", shop.off("sale", tax), shop.off("sale", tax))
    del audit
    print("after the audit object died:", await shop.emit("sale", "chair", 45))
    print("nobody listens:", await shop.emit("refund", "rug"))

    async def reader():
        stream = shop.stream("sale", "close")
        got = []
        async for event, args in stream:
            got.append((event, *args))
            if event == "close":
                await stream.aclose()
        return got

    task = asyncio.create_task(reader())
    await asyncio.sleep(0.001)
    await shop.emit("sale", "desk", 99)
    await shop.emit("close")
    print(await task)


asyncio.run(main())
