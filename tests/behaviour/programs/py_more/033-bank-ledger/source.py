from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field, replace, asdict, astuple
from datetime import date, timedelta
from typing import Iterable


class LedgerError(Exception):
    pass


class Overdrawn(LedgerError):
    def __init__(self, account: str, short: int) -> None:
        super().__init__(account, short)
        self.account = account
        self.short = short

    def __str__(self) -> str:
        return f"account {self.account!r} is short by {cents(self.short)}"


def cents(amount: int) -> str:
    sign = "-" if amount < 0 else ""
    whole, rest = divmod(abs(amount), 100)
    return f"{sign}{whole:,}.{rest:02d}"


@dataclass(frozen=True, order=True)
class Entry:
    day: date
    account: str
    amount: int
    memo: str = field(default="", compare=False)

    def reversed(self) -> Entry:
        return replace(self, amount=-self.amount, memo=f"reversal of {self.memo!r}")


class Ledger:
    def __init__(self, overdraft: dict[str, int] | None = None) -> None:
        self._entries: list[Entry] = []
        self._overdraft = overdraft or {}

    def __iter__(self):
        return iter(sorted(self._entries))

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, account: object) -> bool:
        return any(e.account == account for e in self._entries)

    def balance(self, account: str) -> int:
        return sum(e.amount for e in self._entries if e.account == account)

    def post(self, *entries: Entry) -> None:
        for e in entries:
            after = self.balance(e.account) + e.amount
            limit = -self._overdraft.get(e.account, 0)
            if after < limit:
                raise Overdrawn(e.account, limit - after)
            self._entries.append(e)

    @contextmanager
    def transaction(self):
        mark = len(self._entries)
        try:
            yield self
        except LedgerError:
            undone = len(self._entries) - mark
            del self._entries[mark:]
            print(f"rolled back {undone}")
            raise

    def statement(self, account: str) -> Iterable[str]:
        running = 0
        for e in self:
            if e.account != account:
                continue
            running += e.amount
            yield f"{e.day:%d %b %Y} {cents(e.amount):>12} {cents(running):>12}  {e.memo}"


start = date(2024, 2, 27)
ledger = Ledger({"alice": 5000})
ledger.post(
    Entry(start, "alice", 120_000, "salary"),
    Entry(start + timedelta(days=3), "alice", -45_050, "rent"),
    Entry(start + timedelta(days=1), "bob", 1_000, "gift"),
)
try:
    with ledger.transaction() as tx:
        tx.post(Entry(start + timedelta(days=5), "alice", -10_000, "to bob"))
        tx.post(Entry(start + timedelta(days=5), "bob", 10_000, "from alice"))
        tx.post(Entry(start + timedelta(days=6), "bob", -99_999_99, "yacht"))
except Overdrawn as e:
    print("error:", e, e.args)

print(*ledger.statement("alice"), sep="\n")
print(len(ledger), "bob" in ledger, "carol" in ledger)
totals: defaultdict[str, int] = defaultdict(int)
for e in ledger:
    totals[e.account] += e.amount
print({k: cents(v) for k, v in sorted(totals.items())})
first = min(ledger)
print(asdict(first)["memo"], astuple(first)[1:], first.reversed().amount)
try:
    first.amount = 3
except AttributeError as e:
    print(type(e).__name__, e)
print(first == replace(first, memo="x"), first < Entry(start, "bob", 0))
print((max(ledger).day - start).days, first.day.isoformat(), first.day.weekday())
