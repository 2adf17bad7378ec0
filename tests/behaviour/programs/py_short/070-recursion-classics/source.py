def factorial(n: int) -> int:
    return 1 if n <= 1 else n * factorial(n - 1)


def flatten(items):
    for item in items:
        if isinstance(item, (list, tuple)):
            yield from flatten(item)
        else:
            yield item


def hanoi(n: int, a="A", b="B", c="C") -> int:
    if n == 0:
        return 0
    return hanoi(n - 1, a, c, b) + 1 + hanoi(n - 1, c, b, a)


def permutations(s: str) -> list[str]:
    if len(s) <= 1:
        return [s]
    return [c + p for i, c in enumerate(s) for p in permutations(s[:i] + s[i + 1:])]


print(factorial(20), hanoi(5))
print(list(flatten([1, [2, (3, [4])], [], 5])))
print(permutations("abc"))
