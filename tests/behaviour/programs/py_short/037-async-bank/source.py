import asyncio

class InsufficientFunds(Exception):
    pass

class Account:
    def __init__(self, owner: str, balance: int = 0):
        self.owner, self.balance = owner, balance
        self.lock = asyncio.Lock()

    async def withdraw(self, amount: int) -> None:
        async with self.lock:
            if amount > self.balance:
                raise InsufficientFunds(f"{self.owner} has only {self.balance}")
            await asyncio.sleep(0.005)
            self.balance -= amount

async def main():
    acc = Account("Dana", 100)
    results = await asyncio.gather(
        *(acc.withdraw(40) for _ in range(3)), return_exceptions=True
    )
    for r in results:
        print(repr(r))
    print("balance:", acc.balance)

asyncio.run(main())
