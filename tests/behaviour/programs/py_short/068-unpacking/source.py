def stats(*values: float, **opts: str) -> tuple[float, float]:
    if opts:
        print("options:", opts)
    return min(values), max(values)


first, *middle, last = [1, 2, 3, 4, 5]
print(first, middle, last)
(a, b), c = (1, 2), 3
a, b = b, a
print(a, b, c)
lo, hi = stats(*[4, 8, 1], unit="cm")
print(lo, hi)
defaults = {"color": "red", "size": 1}
print({**defaults, "size": 5}, [*range(3), *"ab"])
for i, (name, age) in enumerate([("ann", 30), ("bob", 25)]):
    print(i, name, age)
try:
    x, y = [1, 2, 3]
except ValueError as e:
    print("ValueError:", e)
