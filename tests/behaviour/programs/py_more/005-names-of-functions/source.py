import asyncio, functools, inspect, time
from collections import defaultdict
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlparse, parse_qs
def timed(fn):
    @functools.wraps(fn)
    def wrapper(*args, **kwargs):
        wrapper.calls += 1
        return fn(*args, **kwargs)
    wrapper.calls = 0
    return wrapper
def trace(fn):
    def inner(*args):
        print("call", fn.__name__, args)
        return fn(*args)
    return inner
@timed
def slow_add(a, b):
    """Adds slowly."""
    return a + b
@trace
def fact_of(n):
    return 1 if n < 2 else n * fact_of(n - 1)
@trace
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
REG = {}
def register(fn):
    REG[fn.__name__] = fn
    return fn
@register
def send_mail(to): return f"mail {to}"
@register
async def send_sms(to): return f"sms {to}"
def plain_job(): return 1
async def async_job(): return 2
@dataclass
class Lift:
    name: str
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    q: asyncio.Queue = field(default_factory=asyncio.Queue)
async def run(fn, *args):
    if inspect.iscoroutinefunction(fn):
        return await fn(*args)
    return fn(*args)
async def main():
    print(slow_add(1, 2), slow_add.calls, slow_add.__name__, slow_add.__doc__)
    print(fact_of(3))
    print(fib(2))
    print(sorted(REG))
    for fn in (plain_job, async_job):
        print(fn.__name__, await run(fn))
    l = Lift("a")
    l.arrived.set()
    await l.q.put(3)
    print(l.arrived.is_set(), await l.q.get())
    locks = defaultdict(asyncio.Lock)
    async with locks["x"]:
        print("locked", locks["x"].locked())
    print(urljoin("http://a.test/x/y", "../z"), urljoin("http://a.test", "http://b.test"))
    u = urlparse("https://user@Site.test:80/p/q?x=1&x=2&y=#frag")
    print(u.netloc, u.path, u.query, u.scheme, u.fragment, parse_qs(u.query), u.hostname)
asyncio.run(main())
