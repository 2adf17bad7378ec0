def describe(label: str, s: set) -> None:
    print(f"{label:<12}{sorted(s)}")


a = {1, 2, 3, 4}
b = {3, 4, 5}
describe("union", a | b)
describe("intersect", a & b)
describe("difference", a - b)
describe("symmetric", a ^ b)
a.add(9)
a.discard(100)
a -= {1}
describe("a now", a)
print({3, 4} <= a, a.isdisjoint({7, 8}), a.issuperset({9}))
frozen = frozenset("hello")
print(len(frozen), "h" in frozen, {frozen: "key"}[frozenset("ehlo")])
try:
    a.remove(42)
except KeyError as err:
    print("KeyError", err)
