# Sums, counts and texts of what is gone through once.
orders = [("rope", 3, 1.5), ("buoy", 2, 20.25)]
total = sum(count * price for _, count, price in orders)
many = sum(1 for _, count, _ in orders if count > 2)
vowels = sum(letter in "aeiou" for letter in "harbour")
low, high = 0, len(orders) - 1
while low < high:
    low += 1
print(round(total, 1), many, vowels, low, high)
print(" ".join(str(count) for _, count, _ in orders), round(2.5), [*[1, 2], *[3]])
print({**{"a": 1}, **{"b": 2}})
