"""Vending machine as an explicit state machine with a transition table built by a decorator."""
from collections import namedtuple
from enum import Enum
from typing import ClassVar

Event = namedtuple("Event", "kind value", defaults=[None])


class State(Enum):
    IDLE = "idle"
    PAYING = "paying"
    VENDING = "vending"
    BROKEN = "out of order"


class IllegalTransition(Exception):
    pass


def on(kind, *states):
    """Mark a method as the handler for event `kind` in any of `states`."""
    def mark(method):
        method._handles = [(s, kind) for s in states]
        return method
    return mark


class Machine:
    table: ClassVar[dict] = {}

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.table = {key: fn for fn in vars(cls).values() for key in getattr(fn, "_handles", ())}

    def __init__(self):
        self.state = State.IDLE
        self.trace = []

    def feed(self, event):
        try:
            handler = self.table[self.state, event.kind]
        except KeyError:
            raise IllegalTransition(f"{event.kind!r} makes no sense while {self.state.value}") from None
        before, self.state = self.state, handler(self, event.value) or self.state
        self.trace.append((before, event.kind, self.state))


class Vending(Machine):
    PRICES = {"tea": 120, "soup": 250}
    COINS = (200, 100, 50, 20, 10)

    def __init__(self, **stock):
        super().__init__()
        self.stock = stock
        self.credit = 0
        self.takings = 0

    def change(self):
        coins = []
        for c in self.COINS:
            n, self.credit = divmod(self.credit, c)
            coins += [c] * n
        return coins

    @on("coin", State.IDLE, State.PAYING)
    def insert(self, value):
        if value not in self.COINS:
            print(f"  rejected coin {value}")
            return
        self.credit += value
        print(f"  credit {self.credit / 100:.2f}")
        return State.PAYING

    @on("select", State.PAYING)
    def choose(self, item):
        if not self.stock.get(item):
            print(f"  {item} is sold out")
        elif (short := self.PRICES[item] - self.credit) > 0:
            print(f"  {short / 100:.2f} more please")
        else:
            self.credit -= self.PRICES[item]
            self.takings += self.PRICES[item]
            self.stock[item] -= 1
            print(f"  dispensing {item}")
            return State.VENDING

    @on("taken", State.VENDING)
    def hand_over(self, _):
        print(f"  change {self.change()}")
        return State.IDLE

    @on("refund", State.PAYING)
    def refund(self, _):
        print(f"  returned {self.change()}")
        return State.IDLE

    @on("kick", *State)
    def kick(self, _):
        return State.BROKEN


if __name__ == "__main__":
    vm = Vending(tea=1, soup=3)
    script = """select:tea coin:100 select:tea coin:3 coin:50 select:tea coin:10 taken
                coin:200 select:tea select:soup coin:20 refund refund kick coin:10"""
    for word in script.split():
        kind, _, value = word.partition(":")
        event = Event(kind, int(value) if value.isdigit() else value or None)
        print(f"{vm.state.value:>12} <- {word}")
        try:
            vm.feed(event)
        except IllegalTransition as err:
            print("  error:", err)
    print(f"final: {vm.state} takings={vm.takings} stock={vm.stock}")
    print("distinct transitions:", len(set(vm.trace)), "| table size:", len(Vending.table), "| base:", Machine.table)
    print("last:", " / ".join(str(x.name if isinstance(x, State) else x) for x in vm.trace[-1]))
