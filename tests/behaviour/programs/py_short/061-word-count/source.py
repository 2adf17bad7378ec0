from collections import Counter

TEXT = """the cat and the dog
and the bird"""


def word_counts(text: str) -> Counter[str]:
    return Counter(text.lower().split())


if __name__ == "__main__":
    counts = word_counts(TEXT)
    for word, n in counts.most_common(3):
        print(f"{word:>5} {'#' * n} {n}")
    print(counts["fish"], sum(counts.values()))
    print(sorted(counts - Counter(["the", "the", "and"])))
