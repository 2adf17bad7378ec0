"""Read CSV text, aggregate with itertools.groupby, print a pivot table and JSON."""
import csv
import io
import json
from datetime import date
from functools import reduce
from itertools import accumulate, groupby, pairwise
from operator import attrgetter
from typing import NamedTuple

DATA = """\
day,region,product,units,price
2024-01-05,North,apples,10,0.50
2024-01-17,South,pears,4,0.75
2024-02-01,North,pears,12,0.75
2024-02-01,South,apples,30,0.45
2024-02-28,South,"figs, dried",3,4.20
2024-03-09,North,apples,8,0.55
2024-03-10,North,"figs, dried",1,4.20
2024-03-31,South,pears,20,0.70
"""


class Sale(NamedTuple):
    day: date
    region: str
    product: str
    units: int
    price: float

    @property
    def total(self):
        return self.units * self.price

    @property
    def month(self):
        return f"{self.day:%Y-%m}"

    @classmethod
    def from_row(cls, row):
        return cls(date.fromisoformat(row["day"]), row["region"], row["product"], int(row["units"]), float(row["price"]))


def group(sales, *keys):
    key = attrgetter(*keys)
    return {k: list(g) for k, g in groupby(sorted(sales, key=key), key=key)}


def revenue(sales):
    return sum(s.total for s in sales)


def pivot(sales, row, col):
    cells = {k: revenue(v) for k, v in group(sales, row, col).items()}
    rows = sorted({r for r, _ in cells})
    cols = sorted({c for _, c in cells})
    print(f"{'':<12}" + "".join(f"{c:>10}" for c in cols) + f"{'TOTAL':>10}")
    for r in rows:
        values = [cells.get((r, c)) for c in cols]
        line = "".join("         -" if v is None else f"{v:>10.2f}" for v in values)
        print(f"{r:<12}{line}{sum(filter(None, values)):>10.2f}")


def main():
    sales = [Sale.from_row(r) for r in csv.DictReader(io.StringIO(DATA))]
    pivot(sales, "product", "region")
    print()
    pivot(sales, "region", "month")
    print()

    monthly = {m: revenue(v) for m, v in group(sales, "month").items()}
    running = accumulate(monthly.values())
    for (m, v), total in zip(monthly.items(), running):
        print(f"{m}  {v:>7.2f}  cumulative {total:>7.2f}")
    for (m1, a), (m2, b) in pairwise(monthly.items()):
        print(f"{m1} -> {m2}: {(b - a) / a:+.1%}")

    best = reduce(lambda a, b: a if a.total >= b.total else b, sales)
    print("best sale:", best._replace(product=best.product.upper()))
    summary = {
        "count": len(sales),
        "regions": {r: round(revenue(v), 2) for r, v in group(sales, "region").items()},
        "span_days": (max(sales).day - min(sales).day).days,
    }
    print(json.dumps(summary, indent=2, sort_keys=True))

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["product", "units"])
    writer.writerows((p, sum(s.units for s in v)) for p, v in group(sales, "product").items())
    print(out.getvalue(), end="")


if __name__ == "__main__":
    main()
