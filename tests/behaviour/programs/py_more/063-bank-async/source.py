import asyncio
from dataclasses import dataclass, field


class InsufficientFunds(Exception):
    def __init__(self, balance, amount):
        super().__init__(f"balance {balance} is less than {amount}")
        self.balance = balance
        self.amount = amount


@dataclass
class Account:
    owner: str
    balance: int = 0
    history: list[str] = field(default_factory=list)
    lock: asyncio.Lock = field(default_factory=asyncio.Lock, repr=False, compare=False)

    async def deposit(self, amount: int) -> int:
        if amount <= 0:
            raise ValueError("amount must be positive")
        async with self.lock:
            current = self.balance
            await asyncio.sleep(0)
            self.balance = current + amount
            self.history.append(f"+{amount}")
        return self.balance

    async def withdraw(self, amount: int) -> int:
        async with self.lock:
            if amount > self.balance:
                raise InsufficientFunds(self.balance, amount)
            self.balance -= amount
            self.history.append(f"-{amount}")
            return self.balance


async def transfer(src: Account, dst: Account, amount: int) -> bool:
    try:
        await src.withdraw(amount)
    except InsufficientFunds as e:
        print(f"{src.owner} -> {dst.owner}: {e} (short {e.amount - e.balance})")
        return False
    await dst.deposit(amount)
    return True


async def main():
    alice, bob = Account("alice", 100), Account("bob")
    await asyncio.gather(*(alice.deposit(10) for _ in range(5)))
    print(alice)
    outcomes = await asyncio.gather(
        transfer(alice, bob, 70), transfer(alice, bob, 70), transfer(alice, bob, 70)
    )
    print(outcomes, alice.balance, bob.balance)
    print(alice.history[-2:], bob.history)
    try:
        await bob.deposit(-5)
    except ValueError as e:
        print("error:", e)
    print(Account("x", 1) == Account("x", 1), alice == bob)


asyncio.run(main())
