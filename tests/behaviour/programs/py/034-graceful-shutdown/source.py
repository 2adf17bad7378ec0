"""A service with several background tasks that shuts down in order and within a deadline."""
import asyncio
from contextlib import AsyncExitStack, asynccontextmanager


def say(who: str, text: str) -> None:
    print(f"{who:>9}: {text}")


@asynccontextmanager
async def resource(name: str, *, fail_on_close: bool = False):
    say(name, "open")
    try:
        yield name
    finally:
        await asyncio.sleep(0)
        say(name, "close")
        if fail_on_close:
            raise OSError(f"{name} would not close")


class Service:
    def __init__(self):
        self.stopping = asyncio.Event()
        self.inbox: asyncio.Queue[str] = asyncio.Queue()
        self.written: list[str] = []
        self.tasks: dict[str, asyncio.Task] = {}

    def spawn(self, name, coro):
        self.tasks[name] = asyncio.create_task(coro, name=name)

    async def consumer(self):
        """Stops politely: finishes what is queued."""
        while not (self.stopping.is_set() and self.inbox.empty()):
            try:
                async with asyncio.timeout(0.005):
                    item = await self.inbox.get()
            except TimeoutError:
                continue
            self.written.append(item)
        say("consumer", f"drained, wrote {len(self.written)}")

    async def ticker(self):
        try:
            while True:
                await asyncio.sleep(5)
        except asyncio.CancelledError:
            say("ticker", "cancelled, cleaning up")
            await asyncio.sleep(0.02)  # cleanup may await
            say("ticker", "clean")
            raise

    async def committer(self):
        """Has a critical section which must not be interrupted."""
        async def commit():
            await asyncio.sleep(0.06)
            say("committer", "commit finished")
            return "committed"

        inner = asyncio.create_task(commit())
        try:
            return await asyncio.shield(inner)
        except asyncio.CancelledError:
            say("committer", "cancel requested, waiting for the commit")
            return await inner

    async def stubborn(self):
        swallowed = 0
        while True:
            try:
                await asyncio.sleep(10)
            except asyncio.CancelledError:
                swallowed += 1
                say("stubborn", f"ignoring cancel #{swallowed}")
                if swallowed == 2:
                    say("stubborn", "all right then")
                    asyncio.current_task().uncancel()
                    return swallowed

    async def shutdown(self, grace: float):
        self.stopping.set()
        await self.tasks["consumer"]
        for name in ("ticker", "committer", "stubborn"):
            accepted = self.tasks[name].cancel()
            say("shutdown", f"cancel {name}: {accepted}")
        done, late = await asyncio.wait(self.tasks.values(), timeout=grace)
        say("shutdown", f"{len(done)} ended in time, late: {sorted(t.get_name() for t in late)}")
        for t in late:
            t.cancel()
        if late:
            await asyncio.wait(late)
        for name, t in self.tasks.items():
            outcome = "cancelled" if t.cancelled() else repr(t.result())
            say("shutdown", f"{name} -> {outcome} (cancel requests {t.cancelling()})")


async def main():
    service = Service()
    try:
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(resource("database"))
            await stack.enter_async_context(resource("cache", fail_on_close=True))
            stack.push_async_callback(service.shutdown, grace=0.1)
            for name in ("consumer", "ticker", "committer", "stubborn"):
                service.spawn(name, getattr(service, name)())
            for i in range(5):
                service.inbox.put_nowait(f"msg{i}")
            await asyncio.sleep(0.02)
            say("main", "running: " + ", ".join(n for n, t in service.tasks.items() if not t.done()))
            service.inbox.put_nowait("last words")
    except OSError as e:
        say("main", f"error during teardown: {e}")
    say("main", " ".join(service.written))


if __name__ == "__main__":
    asyncio.run(main())
