"""Prefix tree with frequency ranked completion and simple typo correction."""
from __future__ import annotations

import heapq
import re
import string
from collections import Counter
from collections.abc import Iterator

TEXT = """
It was the best of times, it was the worst of times, it was the age of wisdom,
it was the age of foolishness, it was the epoch of belief, it was the epoch of
incredulity, it was the season of Light, it was the season of Darkness, it was
the spring of hope, it was the winter of despair.
"""


class Trie:
    __slots__ = ("children", "count")

    def __init__(self) -> None:
        self.children: dict[str, Trie] = {}
        self.count = 0

    def add(self, word: str, n: int = 1) -> None:
        node = self
        for ch in word:
            node = node.children.setdefault(ch, Trie())
        node.count += n

    def find(self, prefix: str) -> Trie | None:
        node = self
        for ch in prefix:
            if ch not in node.children:
                return None
            node = node.children[ch]
        return node

    def walk(self, prefix: str = "") -> Iterator[tuple[str, int]]:
        if self.count:
            yield prefix, self.count
        for ch in sorted(self.children):
            yield from self.children[ch].walk(prefix + ch)

    def __contains__(self, word: str) -> bool:
        node = self.find(word)
        return bool(node and node.count)

    def __getitem__(self, word: str) -> int:
        node = self.find(word)
        if node is None or not node.count:
            raise KeyError(word)
        return node.count

    def __iter__(self) -> Iterator[str]:
        return (w for w, _ in self.walk())

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def size(self) -> int:
        """Number of nodes."""
        return 1 + sum(c.size() for c in self.children.values())

    def complete(self, prefix: str, k: int = 3) -> list[str]:
        node = self.find(prefix)
        if node is None:
            return []
        return [w for w, _ in heapq.nsmallest(k, node.walk(prefix), key=lambda wc: (-wc[1], wc[0]))]


def edits(word: str) -> set[str]:
    splits = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    deletes = {a + b[1:] for a, b in splits if b}
    swaps = {a + b[1] + b[0] + b[2:] for a, b in splits if len(b) > 1}
    replaces = {a + c + b[1:] for a, b in splits if b for c in string.ascii_lowercase}
    inserts = {a + c + b for a, b in splits for c in string.ascii_lowercase}
    return deletes | swaps | replaces | inserts


def correct(trie: Trie, word: str) -> str | None:
    if word in trie:
        return word
    candidates = [w for w in edits(word) if w in trie]
    return min(candidates, key=lambda w: (-trie[w], w), default=None)


def main() -> None:
    words = re.findall(r"[a-z]+", TEXT.lower())
    trie = Trie()
    for word, n in Counter(words).items():
        trie.add(word, n)
    print(f"{len(words)} words, {len(trie)} distinct, {trie.size()} nodes")
    for prefix in ("w", "e", "s", "be", "inc", "zz", ""):
        print(f"{prefix!r:>6}: {', '.join(trie.complete(prefix)) or '(nothing)'}")
    for typo in ("tims", "teh", "wistom", "hoppe", "belief", "xylophone"):
        print(f"{typo:>10} -> {correct(trie, typo)}")
    print("it" in trie, "i" in trie, trie["the"])
    try:
        trie["tree"]
    except KeyError as missing:
        print("not found:", missing)
    print(" ".join(w for w in trie if len(w) > 6))


if __name__ == "__main__":
    main()
