import asyncio
import csv
import io
import statistics
from collections import Counter, namedtuple
from typing import AsyncGenerator

RAW = """date,region,product,units,price
2024-01-03,north,apple,10,1.20
2024-01-03,south,pear,4,2.50
2024-01-04,north,apple,7,1.25
2024-01-04,east,fig,,3.10
2024-01-05,south,apple,12,1.10
2024-01-06,north,pear,3,2.40
"""

Sale = namedtuple("Sale", "date region product units price")


async def read_rows(text: str) -> AsyncGenerator[dict, None]:
    for row in csv.DictReader(io.StringIO(text)):
        await asyncio.sleep(0)
        yield row


async def parse(rows):
    async for row in rows:
        try:
            yield Sale(row["date"], row["region"], row["product"], int(row["units"]), float(row["price"]))
        except ValueError as e:
            print("skipping", row["product"], "->", e)


async def batched(items, size):
    batch = []
    async for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


async def main():
    sales = []
    async for batch in batched(parse(read_rows(RAW)), 2):
        print("batch of", len(batch), [s.product for s in batch])
        sales.extend(batch)

    by_region = {}
    for s in sales:
        by_region.setdefault(s.region, []).append(s)
    for region in sorted(by_region):
        items = by_region[region]
        revenue = sum(s.units * s.price for s in items)
        print(f"{region.title():<6} {len(items)} {revenue:8.2f} {statistics.mean(s.units for s in items):.1f}")
    counts = Counter()
    for s in sales:
        counts[s.product] += s.units
    print(counts.most_common(2))
    best = max(sales, key=lambda s: s.units * s.price)
    print(best)
    print(best._replace(units=0), best._asdict()["region"])
    prices = [s.price for s in sales]
    print(f"{min(prices)} {max(prices)} {statistics.median(prices)}")


asyncio.run(main())
