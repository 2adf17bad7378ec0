import itertools as it
import operator

print(list(it.chain("ab", [1, 2])), list(it.chain.from_iterable(["xy", "z"])))
print(list(it.accumulate([1, 2, 3, 4])), list(it.accumulate([3, 5, 2], max)))
print(list(it.accumulate(range(1, 6), operator.mul)))
print(["".join(p) for p in it.product("ab", repeat=2)])
print(list(it.combinations("abc", 2)), len(list(it.permutations(range(4)))))
print([(k, len(list(g))) for k, g in it.groupby("aaabccd")])
print(list(it.zip_longest("ab", "xyz", fillvalue="-")))
print(list(it.pairwise([1, 4, 9])), list(it.compress("abcd", [1, 0, 1, 0])))
print(list(it.islice(it.cycle("RGB"), 5)), list(it.starmap(pow, [(2, 3), (3, 2)])))
print(list(it.dropwhile(lambda x: x < 3, [1, 3, 1])), list(it.repeat("z", 2)))
evens, odds = it.tee(range(6))
print([x for x in evens if x % 2 == 0], [x for x in odds if x % 2])
