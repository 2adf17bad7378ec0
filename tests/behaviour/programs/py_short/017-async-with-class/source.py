import asyncio


class Connection:
    def __init__(self, dsn: str) -> None:
        self.dsn = dsn
        self.open = False

    async def __aenter__(self) -> "Connection":
        await asyncio.sleep(0.005)
        self.open = True
        print(f"connected to {self.dsn}")
        return self

    async def __aexit__(self, exc_type, exc, tb) -> bool:
        self.open = False
        print("closed", exc_type.__name__ if exc_type else None)
        return exc_type is KeyError


async def main() -> None:
    async with Connection("db://one") as conn:
        print("open:", conn.open)
    async with Connection("db://two"):
        raise KeyError("missing")
    print("KeyError was suppressed")


asyncio.run(main())
