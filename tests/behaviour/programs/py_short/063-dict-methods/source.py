stock = {"apple": 3, "pear": 0}
stock.setdefault("fig", 7)
stock.update(pear=5, plum=1)
print(stock)
print(stock.get("kiwi"), stock.get("kiwi", 0), stock.pop("plum"))
merged = stock | {"apple": 99, "lime": 2}
print(merged)
print({v: k for k, v in stock.items()})
print(max(stock, key=stock.get), sorted(stock.values(), reverse=True))
print(dict.fromkeys("abc", 0), dict(zip("xyz", range(3))))
try:
    stock["mango"]
except KeyError as e:
    print("no such key:", e)
last = stock.popitem()
print(last, list(stock), len(stock))
print(stock.keys() & merged.keys() == {"apple", "pear"})
