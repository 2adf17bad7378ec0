"""Word statistics of a small text."""
from collections import Counter, defaultdict
import re

TEXT = """The quick brown fox jumps over the lazy dog. The dog sleeps; the fox doesn't.
A quick-witted fox is a happy fox!"""


def tokenize(text):
    return re.findall(r"[a-z']+", text.lower())


def sentences(text):
    return [s.strip() for s in re.split(r"[.!?;]", text) if s.strip()]


def longest(words, n=3):
    return sorted(set(words), key=lambda w: (-len(w), w))[:n]


def index_by_letter(words):
    index = defaultdict(set)
    for w in words:
        index[w[0]].add(w)
    return {k: sorted(v) for k, v in sorted(index.items())}


def caps(s):
    return " ".join(w if len(w) <= 3 else w.capitalize() for w in s.split())


def is_palindrome(s):
    cleaned = [c for c in s.lower() if c.isalnum()]
    return cleaned == cleaned[::-1]


words = tokenize(TEXT)
counts = Counter(words)
print("total:", len(words), "unique:", len(counts))
for word, n in counts.most_common(4):
    print(f"{word:<8}{n:>3} {n / len(words):7.2%} {'*' * n}")
print(longest(words))
for letter, ws in list(index_by_letter(words).items())[:3]:
    print(letter, "->", ", ".join(ws))
for i, s in enumerate(sentences(TEXT), 1):
    print(f"{i}. {caps(s)} [{len(s.split())}]")
lengths = Counter(len(w) for w in words)
print(sorted(lengths.items()))
print(max(lengths, key=lengths.get), sum(k * v for k, v in lengths.items()) / len(words))
print([w for w in ("Level", "A man, a plan", "Was it a car or a cat I saw") if is_palindrome(w)])
vowels = sum(ch in "aeiou" for ch in TEXT.lower())
print("vowels", vowels, "upper", [c for c in TEXT if c.isupper()])
print(TEXT.count("fox"), TEXT.find("dog"), TEXT.rfind("fox"), TEXT.replace("fox", "cat", 1)[:25])
print("-".join(reversed("a b c".split())), "abc"[::-1], "tacocat"[1:-1], "x" * 3 + "y")
common = counts & Counter(["the", "the", "fox"])
print(dict(common), counts["missing"], (counts - common)["fox"])
