# Columns, several keys of order, counters that nobody else sees.
catches = [
    {"boat": "Maud", "kilos": 120.5, "boxes": 4},
    {"boat": "Ada", "kilos": 98, "boxes": 12},
    {"boat": "Vera", "kilos": 98, "boxes": 3},
]
catches.sort(key=lambda a: (-a["kilos"], a["boat"]))
for item in catches:
    boat = item["boat"]
    kilos = item["kilos"]
    boxes = item["boxes"]
    print(f"{boat:.<8}{boxes:4}{kilos:7.1f}")


def tickets():
    next_ = 1
    while True:
        yield next_
        next_ += 1


def crates(all_, size):
    made = []
    for i in range(0, len(all_), size):
        made.append(all_[i : i + size])
    return made


desk = tickets()
print(
    " ".join(str(len(crate)) for crate in crates([1, 2, 3, 4, 5], 2)), next(desk, None)
)
