"""Database-ish connection pool built on asynccontextmanager."""
import asyncio
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field


class ConnectionLost(Exception):
    pass


class PoolTimeout(Exception): ...


@dataclass
class Connection:
    ident: int
    open: bool = True
    statements: list[str] = field(default_factory=list)
    in_tx: bool = False

    async def execute(self, sql: str) -> str:
        if not self.open:
            raise ConnectionLost(f"connection {self.ident} is closed")
        self.statements.append(sql)
        await asyncio.sleep(0.003)
        if sql.startswith("CRASH"):
            self.open = False
            raise ConnectionLost(f"connection {self.ident} died")
        return f"ok:{sql.split()[0].lower()}"

    @asynccontextmanager
    async def transaction(self):
        await self.execute("BEGIN")
        self.in_tx = True
        try:
            yield self
        except ConnectionLost:
            raise
        except Exception:
            await self.execute("ROLLBACK")
            raise
        else:
            await self.execute("COMMIT")
        finally:
            self.in_tx = False


class Pool:
    def __init__(self, size: int):
        self.size = size
        self.created = 0
        self.all: list[Connection] = []
        self._idle: asyncio.LifoQueue[Connection] = asyncio.LifoQueue()

    async def __aenter__(self):
        for _ in range(self.size):
            self._spawn()
        return self

    async def __aexit__(self, exc_type, exc, tb):
        for c in self.all:
            c.open = False
        print(f"pool closed, {self.created} connections were opened")

    def _spawn(self):
        self.created += 1
        conn = Connection(self.created)
        self.all.append(conn)
        self._idle.put_nowait(conn)

    @asynccontextmanager
    async def acquire(self, timeout=0.05):
        try:
            conn = await asyncio.wait_for(self._idle.get(), timeout)
        except TimeoutError:
            raise PoolTimeout(f"no connection within {timeout * 1000:.0f} ms") from None
        try:
            yield conn
        finally:
            if conn.open:
                self._idle.put_nowait(conn)
            else:
                print(f"  replacing dead connection {conn.ident}")
                self._spawn()


async def main():
    async with Pool(2) as pool:
        async with pool.acquire() as c, c.transaction() as tx:
            print(await tx.execute("INSERT INTO t VALUES (1)"), "in tx:", tx.in_tx)
        print(c.ident, c.statements, "in tx:", c.in_tx)

        with suppress(ZeroDivisionError):
            async with pool.acquire() as c, c.transaction():
                await c.execute("UPDATE t SET x = 1 / 0")
                1 / 0
        print("after error:", c.statements[-2:])

        try:
            async with pool.acquire() as c:
                await c.execute("CRASH NOW")
        except ConnectionLost as e:
            print("lost:", e)

        async with AsyncExitStack() as stack:
            held = [await stack.enter_async_context(pool.acquire()) for _ in range(pool.size)]
            print("holding", sorted(h.ident for h in held))
            try:
                await stack.enter_async_context(pool.acquire(timeout=0.02))
            except PoolTimeout as e:
                print("exhausted:", e)

        async def query(n):
            async with pool.acquire() as conn:
                return await conn.execute(f"SELECT {n}")
        print(await asyncio.gather(*map(query, range(6))))
        print("idle:", pool._idle.qsize())


asyncio.run(main())
