import asyncio
from contextvars import ContextVar

request_id: ContextVar[str] = ContextVar("request_id", default="-")


async def log(msg: str) -> None:
    print(f"[{request_id.get()}] {msg}")


async def handle(n: int) -> None:
    request_id.set(f"req-{n}")
    await log("begin")
    await asyncio.sleep(0.01 * n)
    await log("end")


async def main() -> None:
    await asyncio.gather(*(handle(n) for n in (1, 2, 3)))
    await log("main")


asyncio.run(main())
