import asyncio
import heapq
import itertools
from dataclasses import dataclass, field
from typing import Callable


@dataclass(order=True)
class Item:
    due: float
    order: int
    action: Callable = field(compare=False)
    name: str = field(compare=False, default="")
    cancelled: bool = field(compare=False, default=False)


class Scheduler:
    def __init__(self):
        self._heap: list[Item] = []
        self._counter = itertools.count()
        self.now = 0.0

    def call_later(self, delay, action, name=""):
        item = Item(self.now + delay, next(self._counter), action, name)
        heapq.heappush(self._heap, item)
        return item

    def every(self, interval, action, times, name):
        def run():
            nonlocal times
            action()
            times -= 1
            if times > 0:
                self.call_later(interval, run, name)
        return self.call_later(interval, run, name)

    def run(self):
        while self._heap:
            item = heapq.heappop(self._heap)
            if item.cancelled:
                print(f"{item.due:6.2f} skipped {item.name}")
                continue
            self.now = item.due
            item.action()


def main():
    s = Scheduler()
    s.call_later(2, lambda: print(f"{s.now:6.2f} two"), "two")
    s.call_later(1, lambda: print(f"{s.now:6.2f} one"), "one")
    late = s.call_later(5, lambda: print("never"), "late")
    s.call_later(3, lambda: setattr(late, "cancelled", True), "killer")
    s.every(1.5, lambda: print(f"{s.now:6.2f} tick"), 3, "tick")
    s.run()
    print("finished at", s.now)


if __name__ == "__main__":
    main()
