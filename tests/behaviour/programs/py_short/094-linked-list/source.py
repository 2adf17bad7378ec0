from __future__ import annotations
from dataclasses import dataclass
from typing import Iterator, Optional

@dataclass
class Node:
    value: int
    next: Optional[Node] = None

class LinkedList:
    def __init__(self, *values: int) -> None:
        self.head: Optional[Node] = None
        for v in reversed(values):
            self.head = Node(v, self.head)

    def __iter__(self) -> Iterator[int]:
        node = self.head
        while node:
            yield node.value
            node = node.next

    def reverse(self) -> None:
        prev, cur = None, self.head
        while cur:
            cur.next, prev, cur = prev, cur, cur.next
        self.head = prev

ll = LinkedList(1, 2, 3)
ll.reverse()
print(list(ll), 2 in ll, " -> ".join(map(str, ll)))
