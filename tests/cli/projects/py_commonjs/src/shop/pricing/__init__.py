import time

from ..stock import taken
from .rates import BASE


async def price_of(name):
    return len(name) * BASE + taken()


def slow_total(numbers):
    time.sleep(0.01)
    return sum(numbers)


if __name__ == "__main__":
    print("not when it is imported")
