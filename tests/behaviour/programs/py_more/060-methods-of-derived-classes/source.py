import asyncio
from abc import ABC, abstractmethod


class Amount:
    def __init__(self, cents):
        self.cents = cents

    def __add__(self, other):
        return Amount(self.cents + other.cents)

    def __mul__(self, factor):
        return Amount(round(self.cents * factor))

    def __gt__(self, other):
        return self.cents > other.cents

    def __str__(self):
        return f"{self.cents // 100}.{self.cents % 100:02d}"


class Plan(ABC):
    def __init__(self, name, limit):
        self.name = name
        self.limit = limit

    @abstractmethod
    def fee(self, amount): ...

    def extras(self):
        return []

    @property
    def label(self):
        raise NotImplementedError

    async def charge(self, amount):
        await asyncio.sleep(0)
        total = amount + self.fee(amount)
        if total > self.limit:
            return f"{self.label}: {total} is over {self.limit}"
        return f"{self.label}: {total} {'+'.join(self.extras()) or '-'}"


class Basic(Plan):
    def fee(self, amount):
        return amount * 0.1

    @property
    def label(self):
        return self.name.upper()


class Gold(Basic):
    def fee(self, amount):
        return Amount(0)

    def extras(self):
        return ["lounge", "priority"]

    @property
    def label(self):
        return "* " + super().label


async def main():
    plans = [Basic("basic", Amount(5000)), Gold("gold", Amount(100000))]
    for plan in plans:
        for cents in (1005, 5000):
            print(await plan.charge(Amount(cents)))


asyncio.run(main())
