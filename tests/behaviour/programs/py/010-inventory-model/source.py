"""Warehouse stock with money, reservations and a reorder report."""
from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum, auto


class Category(Enum):
    TOOL = auto()
    PART = auto()
    CONSUMABLE = auto()


@dataclass(frozen=True)
class Money:
    amount: Decimal

    @classmethod
    def of(cls, value: str | int) -> Money:
        return cls(Decimal(value).quantize(Decimal("0.01"), ROUND_HALF_UP))

    def __add__(self, other: Money) -> Money:
        return Money(self.amount + other.amount)

    def __radd__(self, other):
        return self if other == 0 else NotImplemented  # lets sum() work

    def __mul__(self, factor) -> Money:
        return Money.of(self.amount * Decimal(str(factor)))

    def __lt__(self, other: Money) -> bool:
        return self.amount < other.amount

    def __str__(self) -> str:
        return f"€{self.amount:,.2f}"


@dataclass(frozen=True)
class Product:
    sku: str
    name: str
    price: Money
    category: Category
    reorder_at: int = 5


class OutOfStock(Exception):
    def __init__(self, product: Product, wanted: int, available: int):
        super().__init__(f"{product.name}: wanted {wanted}, only {available} available")


@dataclass
class StockLine:
    product: Product
    on_hand: int = 0
    reserved: dict[str, int] = field(default_factory=dict)

    @property
    def available(self) -> int:
        return self.on_hand - sum(self.reserved.values())

    @property
    def value(self) -> Money:
        return self.product.price * self.on_hand


class Warehouse:
    def __init__(self):
        self._lines: dict[str, StockLine] = {}

    def receive(self, product: Product, qty: int) -> None:
        self._lines.setdefault(product.sku, StockLine(product)).on_hand += qty

    def reserve(self, order: str, **skus: int) -> None:
        for sku, qty in skus.items():
            line = self._lines[sku]
            if qty > line.available:
                raise OutOfStock(line.product, qty, line.available)
        for sku, qty in skus.items():
            self._lines[sku].reserved[order] = qty

    def ship(self, order: str) -> Money:
        total = Money.of(0)
        for line in self._lines.values():
            if qty := line.reserved.pop(order, 0):
                line.on_hand -= qty
                total += line.product.price * qty
        return total

    def reprice(self, sku: str, percent: float) -> None:
        line = self._lines[sku]
        line.product = replace(line.product, price=line.product.price * (1 + percent / 100))

    def report(self) -> None:
        print(f"{'SKU':<5}{'NAME':<16}{'HAND':>5}{'FREE':>5}{'PRICE':>10}{'VALUE':>12}")
        for line in sorted(self._lines.values(), key=lambda ln: ln.value, reverse=True):
            p = line.product
            flag = " reorder!" if line.available <= p.reorder_at else ""
            print(f"{p.sku:<5}{p.name:<16}{line.on_hand:>5}{line.available:>5}{p.price!s:>10}{line.value!s:>12}{flag}")
        print("total".ljust(41), f"{sum(ln.value for ln in self._lines.values())!s:>11}")


if __name__ == "__main__":
    w = Warehouse()
    w.receive(Product("H1", "Hammer", Money.of("18.99"), Category.TOOL), 20)
    w.receive(Product("N4", "Nails (100)", Money.of("3.495"), Category.CONSUMABLE, 50), 400)
    w.receive(Product("B9", "Bearing", Money.of("129"), Category.PART, reorder_at=2), 6)
    w.reserve("A-1", H1=3, N4=350)
    for order, want in {"A-2": {"B9": 4}, "A-3": {"H1": 2, "B9": 3}}.items():
        try:
            w.reserve(order, **want)
            print(order, "reserved", want)
        except OutOfStock as e:
            print(order, "refused:", e)
    print("shipped A-1 for", w.ship("A-1"))
    w.reprice("B9", 7.5)
    w.report()
    print([f"{c.value}:{c.name.lower()}" for c in Category], Money.of(5) > Money.of("4.99"), max(Money.of(1), Money.of(2)))
