"""Timed auctions: bids extend the deadline, bidders are async generators of decisions."""
from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import asdict, dataclass, field
from typing import Protocol

SCALE = 0.02  # seconds per auction "minute"

class BidRejected(Exception): ...


@dataclass(frozen=True, order=True)
class Bid:
    amount: int
    bidder: str = field(compare=False)


class Watcher(Protocol):
    def __call__(self, lot: Lot, what: str) -> None: ...


@dataclass
class Lot:
    title: str
    reserve: int
    step: int = 5
    bids: list[Bid] = field(default_factory=list)
    closed: bool = False

    @property
    def top(self) -> Bid | None:
        return max(self.bids, default=None)

    @property
    def minimum(self) -> int:
        return self.top.amount + self.step if self.top else self.step


class Auction:
    def __init__(self, lot: Lot, minutes: float, watcher: Watcher):
        self.lot, self.minutes, self.watch = lot, minutes, watcher
        self.changed = asyncio.Condition()
        self._timeout: asyncio.Timeout | None = None

    async def bid(self, bid: Bid) -> None:
        async with self.changed:
            if self.lot.closed:
                raise BidRejected("auction is over")
            if bid.amount < self.lot.minimum:
                raise BidRejected(f"{bid.amount} is below the minimum of {self.lot.minimum}")
            if self.lot.top and self.lot.top.bidder == bid.bidder:
                raise BidRejected("you already lead")
            self.lot.bids.append(bid)
            self.watch(self.lot, f"{bid.bidder} bids {bid.amount}")
            self._timeout.reschedule(asyncio.get_running_loop().time() + self.minutes * SCALE)
            self.changed.notify_all()

    async def run(self) -> Bid | None:
        try:
            async with asyncio.timeout(self.minutes * SCALE) as self._timeout:
                await asyncio.get_running_loop().create_future()
        except TimeoutError:
            pass
        async with self.changed:
            self.lot.closed = True
            self.changed.notify_all()
        top = self.lot.top
        won = top if top and top.amount >= self.lot.reserve else None
        self.watch(self.lot, f"sold to {won.bidder}" if won else "not sold")
        return won

    async def prices(self) -> AsyncIterator[Bid | None]:
        seen = -1
        while True:
            async with self.changed:
                await self.changed.wait_for(lambda: self.lot.closed or len(self.lot.bids) != seen)
                if self.lot.closed:
                    return
                seen = len(self.lot.bids)
            yield self.lot.top


async def bidder(auction: Auction, name: str, limit: int, pace: float, raise_by: Callable[[int], int] = lambda m: m) -> str:
    async for top in auction.prices():
        if top and top.bidder == name:
            continue
        await asyncio.sleep(pace * SCALE)
        offer = min(limit, raise_by(auction.lot.minimum))
        try:
            await auction.bid(Bid(offer, name))
        except BidRejected as e:
            return f"{name} stops: {e}"
    return f"{name} saw the end"


async def main() -> None:
    journal: list[str] = []

    def watcher(lot: Lot, what: str) -> None:
        journal.append(what)
        print(f"  [{lot.title}] {what}")

    clock = Auction(Lot("clock", reserve=40), minutes=4, watcher=watcher)
    rivals = bidder(clock, "Iris", 60, 1), bidder(clock, "Jack", 45, 2, raise_by=lambda m: m + 10)
    winner, *stories = await asyncio.gather(clock.run(), *rivals)
    print(winner, *stories, sep="\n")

    vase = Auction(Lot("vase", reserve=100, step=20), minutes=2, watcher=watcher)
    winner, story = await asyncio.gather(vase.run(), bidder(vase, "Kim", 30, 1))
    print(winner, story, asdict(vase.lot)["bids"])
    try:
        await vase.bid(Bid(500, "Latecomer"))
    except BidRejected as e:
        print("rejected:", e)
    print(len(journal), "entries")


asyncio.run(main())
