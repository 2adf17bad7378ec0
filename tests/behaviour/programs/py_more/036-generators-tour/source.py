from itertools import islice, takewhile, dropwhile, chain, cycle, repeat, tee, pairwise, starmap, filterfalse, compress
from contextlib import closing


def countdown(n):
    try:
        while n > 0:
            sent = yield n
            n = n - 1 if sent is None else sent
    finally:
        print("countdown closed at", n)
    return "liftoff"


def averager():
    total = 0.0
    count = 0
    average = None
    while True:
        try:
            value = yield average
        except ValueError as e:
            print("reset:", e)
            total, count, average = 0.0, 0, None
            continue
        if value is None:
            return count, total
        total += value
        count += 1
        average = total / count


def delegator():
    result = yield from countdown(2)
    print("sub returned", result)
    stats = yield from averager()
    yield stats


def primes():
    yield 2
    found = [2]
    for n in itertools_count(3, 2):
        if all(n % p for p in takewhile(lambda p: p * p <= n, found)):
            found.append(n)
            yield n


def itertools_count(start, step):
    while True:
        yield start
        start += step


def flatten(items):
    for item in items:
        if isinstance(item, (list, tuple)):
            yield from flatten(item)
        else:
            yield item


def chunked(it, n):
    it = iter(it)
    while chunk := tuple(islice(it, n)):
        yield chunk


class Tree:
    def __init__(self, value, left=None, right=None):
        self.value, self.left, self.right = value, left, right

    def __iter__(self):
        if self.left:
            yield from self.left
        yield self.value
        if self.right:
            yield from self.right


g = countdown(3)
print(next(g), g.send(10), next(g))
g.close()
avg = averager()
next(avg)
print(avg.send(10), avg.send(20), avg.throw(ValueError("bad")), avg.send(5))
try:
    avg.send(None)
except StopIteration as stop:
    print("returned", stop.value)
d = delegator()
print([next(d), next(d)], next(d), d.send(4), d.send(None))
print(list(islice(primes(), 10)))
print(list(flatten([1, [2, (3, [4])], 5])), list(chunked("abcdefg", 3)))
tree = Tree(4, Tree(2, Tree(1), Tree(3)), Tree(6))
print(list(tree), sum(tree), max(tree), 3 in tree)
print(list(pairwise([1, 4, 9])), list(zip("abc", cycle([0, 1]))), list(repeat("x", 3)))
a, b = tee(x * x for x in range(4))
print(list(a), sum(b))
print(list(starmap(pow, [(2, 3), (3, 2)])), list(filterfalse(lambda x: x % 2, range(6))), list(compress("abcd", [1, 0, 1, 0])))
print(list(dropwhile(str.isspace, "  ab c")), list(chain("ab", [1])))
with closing(countdown(5)) as c:
    print(next(c))
first, *middle, last = countdown(5)
print(first, middle, last)
gen = (n for n in range(3))
print(next(gen), list(gen), next(gen, "empty"))
