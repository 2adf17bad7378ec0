# only: useless-await, wait-needs-tasks, concurrent-next-queued, coroutine-awaited-twice, lock-taken-twice, sort-returns-none, console-log-format, shared-mutable-default, shared-class-attribute, shared-fill, late-binding-closure, one-shot-iterator, misused-promise, await-in-loop, single-promise-in-all
import asyncio
from typing import ClassVar


async def load(n):
    await asyncio.sleep(0)
    return n


async def pages():
    yield 1


# ---- generators and coroutines that are used up
async def asks():
    numbers = pages()
    await asyncio.gather(anext(numbers), anext(numbers))  #~ concurrent-next-queued
    await asyncio.gather(numbers.__anext__(), numbers.__anext__())  #~ concurrent-next-queued
    await asyncio.gather(anext(numbers), load(1))
    await asyncio.gather(anext(pages()), anext(pages()))


async def twice():
    page = load(1)
    print(await page)
    print(await page)  #~ coroutine-awaited-twice


async def in_loop():
    page = load(1)
    for _ in range(2):
        await page  #~ coroutine-awaited-twice


async def either(flag):
    page = load(1)
    if flag:
        return await page
    else:
        return await page


async def made_again():
    for n in range(2):
        page = load(n)
        await page  #~ await-in-loop


async def as_task():
    page = asyncio.create_task(load(1))
    await page
    await page


async def written_again():
    page = load(1)
    await page
    page = load(2)
    await page


# ---- wait wants tasks
async def waits():
    await asyncio.wait([load(1), load(2)])  #~ wait-needs-tasks
    await asyncio.wait([asyncio.create_task(load(1))])


# ---- gather and its arguments
async def gathers(ids, tasks: list[asyncio.Task]):
    await asyncio.gather(load(n) for n in ids)  #~ misused-promise
    await asyncio.gather([load(1), load(2)])  #~ misused-promise
    await asyncio.gather(*[load(n) for n in ids])
    await asyncio.gather(*ids)
    one, two = asyncio.gather(load(1), load(2))  #~ misused-promise
    one, two = await asyncio.gather(load(1), load(2))
    both = asyncio.gather(load(1), load(2))
    if both:
        print(await both, one, two)
    if asyncio.gather(load(1), load(2)):  #~ misused-promise
        pass
    async for n in load(1):  #~ misused-promise
        print(n)
    for n in pages():  #~ misused-promise
        print(n)
    await load  #~ useless-await
    async for n in pages():
        print(n)
    started = [asyncio.create_task(load(n)) for n in ids]
    for task in started:
        print(await task)
    for n in ids:
        print(await load(n))  #~ await-in-loop


# ---- locks
class Account:
    def __init__(self):
        self.lock = asyncio.Lock()
        self.other = asyncio.Lock()
        self.slots = asyncio.Semaphore(2)

    async def deposit(self, amount):
        async with self.lock:
            print(amount)

    async def move(self, amount, to):
        async with self.lock:
            await self.deposit(amount)  #~ lock-taken-twice
            await to.deposit(amount)
            async with self.other:
                pass
            async with self.lock:  #~ lock-taken-twice
                pass

    async def limited(self):
        async with self.slots:
            async with self.slots:
                pass

    async def in_turn(self):
        async with self.lock:
            pass
        await self.deposit(1)


# ---- values that are not given
def sorts(names: list[str], unknown):
    first = names.sort()  #~ sort-returns-none
    for name in names.reverse():  #~ sort-returns-none
        print(name)
    names.sort()
    unknown = unknown.sort()
    order = lambda: names.sort()
    return first, order, unknown, sorted(names)


def prints(count):
    print("%d items", count)  #~ console-log-format
    print("%s: %s" % ("a", count))
    print("100%", count)
    print("50%sure", count)
    print("%d items")
    print(count, "%d")


# ---- one thing where several are meant
def add(item, seen=[]):  #~ shared-mutable-default
    seen.append(item)
    return seen


def count(word, counts={}):  #~ shared-mutable-default
    counts[word] = counts.get(word, 0) + 1


def reads(item, known=[]):
    return item in known


def copies(item, seen=[]):
    seen = list(seen)
    seen.append(item)
    return seen


def absent(item, seen=None):
    seen = seen or []
    seen.append(item)


class Basket:
    items = []  #~ shared-class-attribute
    kinds = ["fruit"]
    registry = {}
    totals: ClassVar[list] = []
    own = []

    def __init__(self):
        self.own = []

    def put(self, item):
        self.items.append(item)
        self.registry[item] = self
        self.totals.append(item)
        self.own.append(item)
        return item in self.kinds

    @classmethod
    def clear(cls):
        cls.kinds.clear()


grid = [[0] * 3] * 2  #~ shared-fill
grid[0][0] = 1
rows = [[0] * 3 for _ in range(2)]
rows[0][0] = 1
zeros = [0] * 3
zeros[0] = 1
blank = [[]] * 2
print(blank == [[], []])


# ---- closures of rounds
def closures(names, tasks):
    calls = []
    for name in names:
        calls.append(lambda: print(name))  #~ late-binding-closure
        calls.append(lambda name=name: print(name))
        calls.append(lambda other: print(other))
        print(sorted(names, key=lambda other: other + name))
    for task in tasks:
        task.add_done_callback(lambda _: print(task))  #~ late-binding-closure
    made = [lambda: n for n in range(3)]  #~ late-binding-closure
    table = {}
    for n in range(3):
        table[n] = lambda: n  #~ late-binding-closure
    for name in names:
        if name:
            calls.append(lambda: print(name))
            break
    return calls, made, table


# ---- iterators that are empty the second time
def iterators(words):
    lengths = map(len, words)
    print(sum(lengths))
    print(max(lengths))  #~ one-shot-iterator
    pairs = zip(words, words)
    for pair in pairs:
        print(pair)
    return list(pairs)  #~ one-shot-iterator


def once(words):
    lengths = map(len, words)
    return sum(lengths)


def resumed(words):
    rest = (word for word in words)
    for word in rest:
        if word:
            break
    return list(rest)


def kept(words):
    lengths = [len(word) for word in words]
    print(sum(lengths), max(lengths))
    longer = filter(None, words)
    longer = list(longer)
    return longer, len(longer), list(longer)


def branches(words, flag):
    lengths = map(len, words)
    if flag:
        return sum(lengths)
    return max(lengths)
