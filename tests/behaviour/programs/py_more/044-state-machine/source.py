from __future__ import annotations
from enum import Enum
from abc import ABC, abstractmethod
from typing import ClassVar, Protocol
import json


class Phase(str, Enum):
    DRAFT = "draft"
    REVIEW = "review"
    PUBLISHED = "published"
    ARCHIVED = "archived"

    def __str__(self) -> str:
        return self.value.upper()


TRANSITIONS: dict[Phase, set[Phase]] = {
    Phase.DRAFT: {Phase.REVIEW},
    Phase.REVIEW: {Phase.DRAFT, Phase.PUBLISHED},
    Phase.PUBLISHED: {Phase.ARCHIVED},
}


class InvalidTransition(ValueError):
    def __init__(self, src: Phase, dst: Phase):
        self.src, self.dst = src, dst
        super().__init__(f"{src} -> {dst}")


class Observer(Protocol):
    def notify(self, doc: Document, old: Phase, new: Phase) -> None: ...


class Base(ABC):
    registry: ClassVar[dict[str, type[Base]]] = {}
    counter: ClassVar[int] = 0

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.registry[cls.__name__.lower()] = cls

    def __init__(self, title: str) -> None:
        type(self).counter += 1
        self.id = f"{self.prefix()}-{self.counter:03d}"
        self.title = title
        self.phase = Phase.DRAFT
        self._observers: list[Observer] = []

    @abstractmethod
    def prefix(self) -> str: ...

    @classmethod
    def create(cls, kind: str, title: str) -> Base:
        try:
            klass = cls.registry[kind]
        except KeyError:
            raise LookupError(f"unknown kind {kind!r}; known: {sorted(cls.registry)}") from None
        return klass(title)

    def attach(self, obs: Observer) -> None:
        self._observers.append(obs)

    def move(self, new: Phase) -> None:
        allowed = TRANSITIONS.get(self.phase, set())
        if new not in allowed:
            raise InvalidTransition(self.phase, new)
        old, self.phase = self.phase, new
        for obs in self._observers:
            obs.notify(self, old, new)

    def __repr__(self):
        return f"<{type(self).__name__} {self.id} {self.phase.value}>"


class Document(Base):
    def prefix(self):
        return "DOC"


class Invoice(Base):
    def prefix(self):
        return "INV"

    def move(self, new):
        if new == Phase.ARCHIVED:
            print("  invoices are kept for ten years")
        super().move(new)


class Audit:
    def __init__(self):
        self.entries = []

    def notify(self, doc, old, new):
        self.entries.append({"id": doc.id, "from": old, "to": new})


audit = Audit()
docs = [Base.create(k, t) for k, t in [("document", "Spec"), ("invoice", "March"), ("document", "Plan")]]
for d in docs:
    d.attach(audit)
for d in docs:
    for phase in (Phase.REVIEW, Phase.PUBLISHED, Phase.ARCHIVED, Phase.DRAFT):
        try:
            d.move(phase)
        except InvalidTransition as e:
            print(f"{d.id}: cannot move {e} (now {d.phase})")
            break
print(docs)
print(json.dumps(audit.entries[:2], indent=2))
print(len(audit.entries), Document.counter, Invoice.counter, Base.counter)
try:
    Base.create("memo", "x")
except LookupError as e:
    print(type(e).__name__, e)
print(Phase("review") is Phase.REVIEW, [p.name for p in Phase])
