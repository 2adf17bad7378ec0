# only: race-after-await
import asyncio
total = 0
cache = None
lock = asyncio.Lock()
state = {}
async def add(x):
    global total
    total += await price(x)  #~ race-after-await
async def add2(x):
    global total
    p = await price(x)
    total += p
async def add3(x):
    global total
    old = total
    await asyncio.sleep(1)
    total = old + 1  #~ race-after-await
async def get():
    global cache
    if cache is None:
        cache = await load()  #~ race-after-await
    return cache
async def get2():
    global cache
    async with lock:
        if cache is None:
            cache = await load()
    return cache
class C:
    async def inc(self):
        self.n += await one()  #~ race-after-await
    async def inc2(self):
        v = self.n
        await asyncio.sleep(0)
        self.n = v + 1  #~ race-after-await
    async def inc3(self):
        async with self.lock:
            v = self.n
            await asyncio.sleep(0)
            self.n = v + 1
    async def conn(self):
        if not self.db:
            self.db = await open_db()  #~ race-after-await
        return self.db
    async def start(self):
        if self.task: return
        self.task = True
        await one()
        self.task = False
    async def w(self, n):
        balance = self.balance
        if balance >= n:
            await asyncio.sleep(0.1)
            self.balance = balance - n  #~ race-after-await
    async def w2(self, n):
        if self.balance >= n:
            await asyncio.sleep(0.1)
            self.balance -= n
    async def it(self):
        async for x in src():
            self.n += x
async def loc():
    n = 0
    n += await one()
    return n
async def outer():
    hits = 0
    async def hit():
        nonlocal hits
        hits += await one()  #~ race-after-await
    await asyncio.gather(hit(), hit())
async def twice_set():
    global total
    await asyncio.sleep(0)
    total = await price()
    nonsense = await price()
    total = nonsense
def steps():
    global total
    total += yield 1  #~ race-after-await
    value = yield 2
    total += value
