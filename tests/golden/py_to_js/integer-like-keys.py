def tally(words: list[str]) -> dict[str, int]:
    counts = {}
    for word in words:
        counts[word] = counts.get(word, 0) + 1
    return counts


def sizes(names):
    return {name: len(name) for name in names}


print(tally("10 b 9 b".split()))
print(sizes(["fig", "kiwi"]))
