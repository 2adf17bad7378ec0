def accumulator():
    """Coroutine-style generator that returns the total."""
    total = 0
    while True:
        value = yield total
        if value is None:
            return total
        total += value


def delegate(results):
    while True:
        results.append((yield from accumulator()))


results = []
gen = delegate(results)
next(gen)
print([gen.send(v) for v in (1, 2, 3)])
gen.send(None)
print(gen.send(50))
gen.send(None)
print("results:", results)
gen.close()
try:
    next(gen)
except StopIteration:
    print("closed")
