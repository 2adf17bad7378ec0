fruits = ["orange", "apple", "pear", "banana", "kiwi", "apple", "banana"]
print(fruits.count("apple"), fruits.count("tangerine"))
print(fruits.index("banana"), fruits.index("banana", 4))
fruits.reverse()
print(fruits)
fruits.append("grape")
fruits.insert(1, "lime")
fruits.extend(["fig", "date"])
fruits.remove("apple")
print(fruits.pop(), fruits.pop(0), len(fruits))
fruits.sort()
print(fruits)
copy = fruits[:]
del copy[2:5]
copy[-1:] = ["x", "y"]
print(copy, copy is fruits)
copy.clear()
print(copy or "empty", "kiwi" in fruits)
