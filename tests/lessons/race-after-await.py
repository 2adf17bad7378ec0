import asyncio

total = 0
cache = None
lock = asyncio.Lock()


async def found(item):
    global total
    total += await price(item)  #~ race-after-await


async def load():
    global cache
    if cache is None:
        cache = await fetch_all()  #~ race-after-await
    return cache


class Counter:
    async def add(self, item):
        self.count = self.count + await price(item)  #~ race-after-await

    async def connect(self):
        if self.session is None:
            self.session = await open_session()  #~ race-after-await
        return self.session

    async def fresh(self, item):
        self.value = await price(item)  # ok


async def fine(item):
    global total
    amount = await price(item)
    total += amount  # ok
    own = 0
    own += await price(item)  # ok
    return own


async def locked(item):
    global total
    async with lock:
        total += await price(item)  # ok


async def shadow(total, item):
    total += await price(item)  # ok
    return total
