from enum import Enum
import json
from dataclasses import dataclass
class Kind(str, Enum):
    DEPOSIT = "deposit"
    WITHDRAW = "withdraw"
    @property
    def short(self):
        return self.value[:3].upper()
class Level(int, Enum):
    LOW = 1
    HIGH = 5
@dataclass
class T:
    kind: Kind
    level: Level
def is_kind(k, text):
    return k == text
t = T(Kind.DEPOSIT, Level.HIGH)
print(t.kind == "deposit", t.kind is Kind.DEPOSIT, t.kind != Kind.WITHDRAW, t.kind.value, t.kind.name, t.kind.short)
print(json.dumps({"k": t.kind, "l": t.level}))
print(t, [t.kind], t.level > 3, t.level + 1, Level.LOW < Level.HIGH, sorted([Level.HIGH, Level.LOW]))
print(f"{t.kind} {t.level}", str(t.kind), t.kind)
print(Kind("withdraw"), [k.value for k in Kind], t.kind in ("deposit", "x"), t.kind in (Kind.DEPOSIT,))
print("is " + t.kind, is_kind(t.kind, "deposit"))
match t.kind:
    case Kind.DEPOSIT:
        print("d")
    case _:
        print("other")
counts = {k: 0 for k in Kind}
counts[Kind.DEPOSIT] += 1
print(counts[Kind.DEPOSIT], max(Level), Level(5).name)
