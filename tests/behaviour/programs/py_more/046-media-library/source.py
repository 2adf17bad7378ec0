from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import Iterable, Iterator


class Media(ABC):
    def __init__(self, title: str, seconds: int) -> None:
        self.title = title
        self.duration = timedelta(seconds=seconds)
        self.tags: set[str] = set()

    @property
    @abstractmethod
    def kind(self) -> str:
        """What it is called."""

    @abstractmethod
    def describe(self) -> str: ...

    def tag(self, *names: str) -> "Media":
        self.tags |= {n.strip().lower() for n in names}
        return self

    def __lt__(self, other: "Media") -> bool:
        return (self.kind, self.title) < (other.kind, other.title)

    def __str__(self) -> str:
        minutes, seconds = divmod(int(self.duration.total_seconds()), 60)
        return f"[{self.kind}] {self.describe()} ({minutes}:{seconds:02d})"


class Song(Media):
    kind = "song"

    def __init__(self, title: str, artist: str, seconds: int) -> None:
        super().__init__(title, seconds)
        self.artist = artist

    def describe(self) -> str:
        return f"{self.title} by {self.artist}"


class Episode(Media):
    kind = "episode"

    def __init__(self, show: str, number: int, title: str, seconds: int) -> None:
        super().__init__(title, seconds)
        self.show, self.number = show, number

    def describe(self) -> str:
        return f"{self.show} #{self.number}: {self.title}"


@dataclass
class Playlist:
    name: str
    items: list[Media] = field(default_factory=list)

    def add(self, *media: Media) -> Playlist:
        self.items.extend(media)
        return self

    def __iter__(self) -> Iterator[Media]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def __getitem__(self, index: int) -> Media:
        return self.items[index]

    def __add__(self, other: Playlist) -> Playlist:
        return Playlist(f"{self.name}+{other.name}", [*self.items, *other.items])

    @cached_property
    def total(self) -> timedelta:
        print("(computing)")
        return sum((m.duration for m in self), timedelta())

    def by_tag(self) -> dict[str, list[str]]:
        index: dict[str, list[str]] = defaultdict(list)
        for media in self:
            for tag in sorted(media.tags):
                index[tag].append(media.title)
        return dict(sorted(index.items()))


def longest(media: Iterable[Media], n: int = 2) -> list[Media]:
    return sorted(media, key=lambda m: m.duration, reverse=True)[:n]


road = Playlist("road").add(
    Song("Blue", "Ann", 215).tag("calm", " Morning"),
    Episode("Talks", 12, "On tides", 1810).tag("science"),
)
gym = Playlist("gym").add(Song("Run", "The Bees", 181).tag("fast", "morning"))
both = road + gym
for media in sorted(both):
    print(media)
print(both.name, len(both), both[0].title, both[-1].title)
print(both.total, both.total)
print(json.dumps(both.by_tag()))
print([m.title for m in longest(both)])
print(any(isinstance(m, Episode) for m in gym), {type(m).__name__ for m in road} == {"Song", "Episode"})
try:
    Media("x", 1)
except TypeError as exc:
    print("TypeError:", "abstract" in str(exc))
first, *rest = both
print(first.describe(), "|", len(rest), "|", " / ".join(m.describe() for m in rest))
