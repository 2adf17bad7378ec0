from dataclasses import asdict, dataclass, field, replace


@dataclass
class Item:
    name: str
    price: float
    qty: int = 1
    tags: list[str] = field(default_factory=list)

    @property
    def total(self) -> float:
        return self.price * self.qty


@dataclass(frozen=True, order=True)
class Version:
    major: int
    minor: int = 0


item = Item("pen", 1.25, 4)
print(item, item.total)
print(asdict(replace(item, name="ink", tags=["blue"])))
print(item == Item("pen", 1.25, 4), Version(1, 2) < Version(1, 10))
print(max(Version(2), Version(1, 9)), len({Version(1), Version(1)}))
try:
    Version(3).major = 4
except AttributeError as e:
    print(type(e).__name__, e)
