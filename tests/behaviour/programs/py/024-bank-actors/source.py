"""Bank accounts as actors: each has a mailbox, messages are dataclasses, replies are futures."""
from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any


class Message: ...


@dataclass
class Deposit(Message):
    cents: int


@dataclass
class Withdraw(Message):
    cents: int


@dataclass
class Transfer(Message):
    to: Account
    cents: int


class Balance(Message):
    def __repr__(self):
        return "Balance()"


class InsufficientFunds(Exception): ...


class Actor:
    def __init__(self, name: str):
        self.name = name
        self._mailbox: asyncio.Queue[tuple[Message, asyncio.Future]] = asyncio.Queue()
        self._task = asyncio.create_task(self._loop(), name=f"actor:{name}")

    def ask(self, msg: Message) -> asyncio.Future:
        reply = asyncio.get_running_loop().create_future()
        self._mailbox.put_nowait((msg, reply))
        return reply

    async def _loop(self) -> None:
        while True:
            msg, reply = await self._mailbox.get()
            handler = getattr(self, f"on_{type(msg).__name__.lower()}", self.unhandled)
            try:
                reply.set_result(await handler(msg))
            except Exception as exc:
                reply.set_exception(exc)

    async def unhandled(self, msg: Message) -> Any:
        raise NotImplementedError(f"{self.name} does not understand {msg!r}")

    async def stop(self) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)


class Account(Actor):
    def __init__(self, owner: str, cents: int = 0):
        self.cents = cents
        super().__init__(owner)

    async def on_deposit(self, msg: Deposit) -> int:
        self.cents += msg.cents
        return self.cents

    async def on_withdraw(self, msg: Withdraw) -> int:
        if msg.cents > self.cents:
            raise InsufficientFunds(f"{self.name} has {self.cents / 100:.2f}, needs {msg.cents / 100:.2f}")
        self.cents -= msg.cents
        await asyncio.sleep(0.001)
        return self.cents

    async def on_transfer(self, msg: Transfer) -> str:
        await self.on_withdraw(Withdraw(msg.cents))
        received = await msg.to.ask(Deposit(msg.cents))
        return f"{self.name} -> {msg.to.name}: {msg.cents / 100:.2f} (recipient now {received / 100:.2f})"

    async def on_balance(self, _: Balance) -> int:
        return self.cents


class Shy(Account):
    on_balance = Actor.unhandled


async def main() -> None:
    alice, bob, carol = accounts = Account("alice", 10_000), Account("bob"), Shy("carol", 500)
    print("deposit:", await alice.ask(Deposit(250)))
    print(await alice.ask(Transfer(to=bob, cents=4_000)))
    try:
        await bob.ask(Withdraw(4_001))
    except InsufficientFunds as e:
        print("refused:", e)

    before = sum(a.cents for a in accounts)
    outcomes = await asyncio.gather(
        *(accounts[i % 3].ask(Deposit(i)) for i in range(30)),
        *(alice.ask(Transfer(bob, 10)) for _ in range(20)),
        *(bob.ask(Transfer(carol, 25)) for _ in range(20)),
        return_exceptions=True,
    )
    print("all fine:", not any(isinstance(o, Exception) for o in outcomes), "of", len(outcomes))
    print("conserved:", sum(a.cents for a in accounts) == before + sum(range(30)))
    for who in accounts:
        try:
            print(f"{who.name:<6} {await who.ask(Balance()) / 100:>8.2f}")
        except NotImplementedError as e:
            print(f"{who.name:<6} {e}")
    await asyncio.gather(*(a.stop() for a in accounts))
    print("running actors:", sum(t.get_name().startswith("actor:") for t in asyncio.all_tasks()))


asyncio.run(main())
