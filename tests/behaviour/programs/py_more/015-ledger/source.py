"""Bank ledger with custom exceptions, generators and reports."""
from __future__ import annotations
import asyncio
from collections import defaultdict, namedtuple
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from typing import Iterable, Iterator
import statistics

Entry = namedtuple("Entry", ["when", "kind", "amount"])


class Kind(str, Enum):
    DEPOSIT = "deposit"
    WITHDRAW = "withdraw"


class InsufficientFunds(Exception):
    def __init__(self, need, have):
        super().__init__(need, have)
        self.need, self.have = need, have

    def __str__(self):
        return f"need {self.need}, have {self.have}"


@dataclass(order=True)
class Account:
    owner: str
    balance: float = 0
    entries: list[Entry] = field(default_factory=list, repr=False, compare=False)

    def __post_init__(self):
        if not self.owner:
            raise ValueError("owner required")
        self.owner = self.owner.title()

    def apply(self, kind: Kind, amount: float, when: datetime) -> None:
        if amount <= 0:
            raise ValueError("amount must be positive")
        if kind is Kind.WITHDRAW:
            if amount > self.balance:
                raise InsufficientFunds(amount, self.balance)
            self.balance -= amount
        else:
            self.balance += amount
        self.entries.append(Entry(when, kind, amount))

    def history(self, kind: Kind | None = None) -> Iterator[Entry]:
        for e in self.entries:
            if kind is None or e.kind == kind:
                yield e


def running(entries: Iterable[Entry]):
    total = 0
    for e in entries:
        total += e.amount if e.kind == Kind.DEPOSIT else -e.amount
        yield e.when.strftime("%m/%d"), total


def chunked(xs, n):
    it = iter(xs)
    while chunk := [x for _, x in zip(range(n), it)]:
        yield chunk


async def transfer(a: Account, b: Account, amount: float, when: datetime) -> bool:
    await asyncio.sleep(0)
    try:
        a.apply(Kind.WITHDRAW, amount, when)
    except InsufficientFunds as e:
        print(f"transfer failed: {e} ({e.need - e.have:.2f} short)")
        return False
    else:
        b.apply(Kind.DEPOSIT, amount, when)
        return True
    finally:
        print("checked", a.owner)


async def main():
    start = datetime(2024, 2, 27, 9, 30)
    ann, bob = Account("ann", 100), Account("bob")
    for i, amt in enumerate([50, 20.5, 400]):
        ok = await transfer(ann, bob, amt, start + timedelta(days=i))
        print(amt, ok)
    print(ann, bob, ann < bob, sorted([bob, ann])[0].owner)
    print(list(running(bob.history())))
    print([e.amount for e in ann.history(Kind.WITHDRAW)])
    for bad in ("", "x"):
        try:
            acc = Account(bad)
            acc.apply(Kind.DEPOSIT, -1, start)
        except ValueError as e:
            print(type(e).__name__, e)
    print(list(chunked(range(7), 3)))
    by_kind = defaultdict(list)
    for e in ann.entries + bob.entries:
        by_kind[e.kind.value].append(e.amount)
    for k, v in sorted(by_kind.items()):
        print(f"{k:<10}{statistics.mean(v):>8.2f}{max(v):>8}")
    print(Kind("deposit").name, [k.value for k in Kind])
    print((start + timedelta(hours=30)).isoformat(), timedelta(minutes=90))


asyncio.run(main())
