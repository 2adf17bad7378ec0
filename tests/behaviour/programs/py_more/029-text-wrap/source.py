import string
import textwrap
from collections import Counter, OrderedDict
from itertools import groupby, islice, zip_longest, accumulate, chain

TEXT = """\
It was the best of times, it was the worst of times,
it was the age of wisdom, it was the age of foolishness,
it was the epoch of belief, it was the epoch of incredulity.
"""


def words(text):
    table = str.maketrans("", "", string.punctuation)
    for line in text.splitlines():
        yield from line.translate(table).lower().split()


def ngrams(seq, n):
    its = [islice(seq, i, None) for i in range(n)]
    return zip(*its)


def histogram(counter, width=20):
    top = counter.most_common(5)
    longest = max(len(w) for w, _ in top)
    scale = width / top[0][1]
    for word, count in top:
        yield f"{word:>{longest}} | {'#' * int(count * scale):<{width}} | {count:2d}"


def columns(left, right, sep=" | "):
    w = max(map(len, left))
    for a, b in zip_longest(left, right, fillvalue=""):
        yield f"{a.ljust(w)}{sep}{b}".rstrip()


def caesar(s, k):
    out = []
    for ch in s:
        if ch.isalpha():
            base = ord("a") if ch.islower() else ord("A")
            out.append(chr((ord(ch) - base + k) % 26 + base))
        else:
            out.append(ch)
    return "".join(out)


def rle(s):
    return "".join(f"{k}{n if n > 1 else ''}" for k, g in groupby(s) if (n := len(list(g))))


ws = list(words(TEXT))
counts = Counter(ws)
print(len(ws), len(counts))
print(*histogram(counts), sep="\n")
print([" ".join(g) for g, c in Counter(ngrams(ws, 2)).most_common(3)])
for line in textwrap.wrap(TEXT, 40):
    print(f"|{line:^42}|")
print(*columns(["one", "three", "five"], ["two", "four"]), sep="\n")
secret = caesar("Hello, World!", 3)
print(secret, caesar(secret, -3))
print(rle("aaabccddddde"), rle(""))
by_len = OrderedDict()
for w in sorted(counts, key=lambda w: (len(w), w)):
    by_len.setdefault(len(w), []).append(w)
for n, group in by_len.items():
    print(n, ",".join(group))
print(list(accumulate(by_len, lambda a, b: a * 10 + b)))
print(sorted(chain.from_iterable(w[:1] for w in counts))[:6])
print("{:>10}|{:<6}|{:^7}|{!r}".format("right", "left", "mid", "q'uote"))
print("%-8s|%5.1f|%03d|%x" % ("name", 3.14159, 7, 255))
print(TEXT.partition(",")[2].strip()[:20].center(30, "*"))
print("a,b;c".replace(";", ",").split(","), "x=1=2".split("=", 1), "tEsT".swapcase(), "the end".capitalize())
