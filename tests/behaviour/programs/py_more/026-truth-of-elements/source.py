rows = [[1], [], [2]]
print([r for r in rows if r], any(rows), all(rows), [r for r in rows if not r], any(r for r in rows), all(x for x in [{}, {"a": 1}]))
def f(rows):
    return [r for r in rows if r]
def g(rows):
    return any(rows), list(filter(None, rows))
print(f(rows), g([[], ()]))
e = [] or None
print(e, [] and 1, {} or "x", next((r for r in rows if r), None), sum(1 for r in rows if r))
while rows:
    rows.pop()
assert not rows
print(bool(rows), not rows, 1 if rows else 2)
