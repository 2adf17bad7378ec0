from enum import Enum, Flag, IntEnum, auto


class Light(Enum):
    RED = "stop"
    GREEN = "go"
    YELLOW = "caution"

    def next(self) -> "Light":
        members = list(Light)
        return members[(members.index(self) + 1) % len(members)]


class Level(IntEnum):
    LOW = auto()
    HIGH = auto()


class Perm(Flag):
    R = auto()
    W = auto()
    X = auto()


print(Light.RED, Light.RED.name, Light("go"), Light["YELLOW"].next())
print(repr(Light.GREEN), Level.HIGH > Level.LOW, Level.HIGH + 1)
rw = Perm.R | Perm.W
print(Perm.W in rw, Perm.X in rw, rw.value, [m.name for m in Perm])
