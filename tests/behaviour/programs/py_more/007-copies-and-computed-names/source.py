import copy
from enum import Enum
from dataclasses import dataclass, field
class K(Enum):
    A = 1
@dataclass
class Item:
    k: K
    tags: list = field(default_factory=list)
    def total(self): return len(self.tags)
class Cli:
    max_size = 3
    def __init__(self):
        self.log_lines = []
        self.left = None
    def do_look_around(self, arg):
        self.log_lines.append(arg)
        return f"look {arg}"
    def do_quit(self, arg="x"):
        return "quit " + arg
    def default(self, arg):
        return "unknown " + arg
    def run(self, line):
        name, _, arg = line.partition(" ")
        handler = getattr(self, f"do_{name}", None)
        if handler is None:
            return self.default(line)
        return handler(arg)
    def run2(self, name):
        return getattr(self, "do_" + name)("direct")
    def run3(self, name, *args):
        if (fn := getattr(self, f"do_{name}", self.default)):
            return fn("w")
a = Item(K.A, ["x"])
b = copy.deepcopy(a)
s = copy.copy(a)
a.tags.append("y")
print(b.tags, s.tags, b.total(), s.total(), b == a, s == a, b.k is K.A)
l = [[1], [2]]
m = copy.copy(l)
l[0].append(9)
l.append([3])
print(m, copy.deepcopy({"a": {1, 2}, "i": a}))
c = Cli()
print(c.run("look_around room"), c.run("quit now"), c.run("dance x"), c.run2("quit"), c.run3("quit"), c.run3("zz"))
for name in ("max_size", "log_lines"):
    print(name, getattr(c, name), hasattr(c, name), hasattr(c, name + "x"))
setattr(c, "some_" + "thing", 5)
print(c.some_thing, getattr(c, "left") is None)
