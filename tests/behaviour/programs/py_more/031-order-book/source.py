"""A tiny limit order book with price-time priority."""
import heapq
import itertools
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Iterator, Optional


class Side(Enum):
    BUY = auto()
    SELL = auto()

    @property
    def opposite(self) -> "Side":
        return Side.SELL if self is Side.BUY else Side.BUY


@dataclass(order=True)
class Entry:
    sort_key: tuple[int, int]
    order_id: str = field(compare=False)
    qty: int = field(compare=False)
    price: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class Trade:
    buyer: str
    seller: str
    price: int
    qty: int

    def __str__(self) -> str:
        return f"{self.buyer} buys {self.qty} @ {self.price / 100:.2f} from {self.seller}"


class InsufficientLiquidity(Exception):
    def __init__(self, wanted: int, got: int) -> None:
        super().__init__(f"wanted {wanted}, got {got}")
        self.wanted = wanted
        self.got = got


class OrderBook:
    def __init__(self) -> None:
        self._seq = itertools.count(1)
        self._books: dict[Side, list[Entry]] = {Side.BUY: [], Side.SELL: []}

    def submit(self, side: Side, order_id: str, price: int, qty: int) -> list[Trade]:
        trades = list(self._match(side, order_id, price, qty))
        left = qty - sum(t.qty for t in trades)
        if left:
            sign = -1 if side is Side.BUY else 1
            heapq.heappush(self._books[side], Entry((sign * price, next(self._seq)), order_id, left, price))
        return trades

    def _match(self, side: Side, order_id: str, price: int, qty: int) -> Iterator[Trade]:
        book = self._books[side.opposite]
        while qty and book:
            best = book[0]
            crosses = best.price <= price if side is Side.BUY else best.price >= price
            if not crosses:
                return
            fill = min(qty, best.qty)
            qty -= fill
            best.qty -= fill
            if best.qty == 0:
                heapq.heappop(book)
            pair = (order_id, best.order_id) if side is Side.BUY else (best.order_id, order_id)
            yield Trade(*pair, best.price, fill)

    def best(self, side: Side) -> Optional[int]:
        book = self._books[side]
        return book[0].price if book else None

    def market(self, side: Side, qty: int) -> int:
        got = 0
        cost = 0
        book = self._books[side.opposite]
        while book and got < qty:
            e = heapq.heappop(book)
            take = min(e.qty, qty - got)
            got += take
            cost += take * e.price
            if (e.qty - take) > 0:
                e.qty -= take
                heapq.heappush(book, e)
        if got < qty:
            raise InsufficientLiquidity(qty, got)
        return cost


def main() -> None:
    ob = OrderBook()
    for side, oid, price, qty in [
        (Side.SELL, "s1", 10050, 10),
        (Side.SELL, "s2", 10000, 5),
        (Side.SELL, "s3", 10050, 7),
        (Side.BUY, "b1", 9990, 4),
        (Side.BUY, "b2", 10050, 12),
    ]:
        trades = ob.submit(side, oid, price, qty)
        print(f"{side.name:>4} {oid}: {len(trades)} trade(s)")
        for t in trades:
            print("   ", t)
    print(ob.best(Side.BUY), ob.best(Side.SELL))
    print(repr(Trade("a", "b", 100, 1)))
    try:
        print(ob.market(Side.BUY, 6))
        ob.market(Side.BUY, 100)
    except InsufficientLiquidity as exc:
        print("failed:", exc, exc.wanted - exc.got)


main()
