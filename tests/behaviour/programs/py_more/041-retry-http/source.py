import asyncio
import functools
import random


class TransientError(Exception):
    """May succeed later."""


class PermanentError(Exception):
    pass


def retry(times=3, delay=0.01, exceptions=(TransientError,)):
    def decorate(func):
        @functools.wraps(func)
        async def wrapper(*args, **kwargs):
            last = None
            for attempt in range(1, times + 1):
                try:
                    return await func(*args, **kwargs)
                except exceptions as exc:
                    last = exc
                    print(f"{func.__name__} attempt {attempt} failed: {exc}")
                    if attempt < times:
                        await asyncio.sleep(delay * 2 ** (attempt - 1))
            raise last
        return wrapper
    return decorate


class FakeServer:
    def __init__(self, failures):
        self.failures = dict(failures)
        self.calls = []

    @retry(times=3)
    async def get(self, path, *, timeout=1.0, headers=None):
        self.calls.append(path)
        remaining = self.failures.get(path, 0)
        if remaining > 0:
            self.failures[path] = remaining - 1
            raise TransientError(f"503 for {path}")
        if path.startswith("/forbidden"):
            raise PermanentError(403, path)
        await asyncio.sleep(0)
        return {"path": path, "timeout": timeout, "headers": headers or {}}


@retry(times=2, exceptions=(TransientError, ValueError))
async def parse(text, base=10):
    """Parse a number."""
    return int(text, base)


async def main():
    server = FakeServer({"/a": 1, "/b": 5})
    print(await server.get("/a", timeout=0.5))
    try:
        await server.get("/b")
    except TransientError as exc:
        print("gave up:", exc)
    try:
        await server.get("/forbidden/x", headers={"X-Id": "7"})
    except PermanentError as exc:
        print("permanent:", exc.args)
    print(await parse("ff", base=16))
    try:
        await parse("zz")
    except ValueError as exc:
        print("parse:", exc)
    print(server.calls, len(server.calls))
    print(parse.__name__, parse.__doc__)


asyncio.run(main())
