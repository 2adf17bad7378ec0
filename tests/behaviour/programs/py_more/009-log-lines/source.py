import asyncio
import re
from collections import Counter, defaultdict
from itertools import islice, takewhile

LOG = """\
2024-03-01 10:00:01 INFO  auth   user=ann action=login ms=12
2024-03-01 10:00:02 WARN  db     user=bob action=query ms=340
2024-03-01 10:00:03 ERROR db     user=bob action=query ms=1200
2024-03-01 10:00:04 INFO  auth   user=cat action=login ms=9
2024-03-01 10:00:05 INFO  web    user=ann action=view ms=45
bad line here
2024-03-01 10:00:07 ERROR web    user=cat action=view ms=980
"""

PATTERN = re.compile(
    r"(?P<date>\d{4}-\d\d-\d\d) (?P<time>[\d:]+) (?P<level>\w+)\s+(?P<mod>\w+)\s+(?P<rest>.*)"
)


def parse(line):
    m = PATTERN.match(line)
    if m is None:
        return None
    rec = m.groupdict()
    rec["fields"] = dict(pair.split("=", 1) for pair in rec.pop("rest").split())
    rec["ms"] = int(rec["fields"].pop("ms"))
    return rec


async def tail(text):
    for line in text.splitlines():
        await asyncio.sleep(0)
        yield line


async def records(lines):
    async for n, line in aenumerate(lines, 1):
        rec = parse(line)
        if rec is None:
            print(f"line {n} skipped: {line!r}")
            continue
        yield rec


async def aenumerate(aiter, start=0):
    i = start
    async for x in aiter:
        yield i, x
        i += 1


def percentile(values, p):
    values = sorted(values)
    k = (len(values) - 1) * p / 100
    lo = int(k)
    hi = min(lo + 1, len(values) - 1)
    return values[lo] + (values[hi] - values[lo]) * (k - lo)


async def main():
    levels = Counter()
    slow = defaultdict(list)
    users = set()
    async for r in records(tail(LOG)):
        levels[r["level"]] += 1
        users.add(r["fields"]["user"])
        slow[r["mod"]].append(r["ms"])
    print(levels.most_common(2), dict(levels))
    print(sorted(users))
    for mod in sorted(slow, key=lambda m: -max(slow[m])):
        ms = slow[mod]
        print(f"{mod:>5}: n={len(ms)} max={max(ms)} avg={sum(ms) / len(ms):.1f} p50={percentile(ms, 50)}")
    recs = [r async for r in records(tail(LOG)) if r["ms"] > 100]
    print([(r["mod"], r["ms"]) for r in recs])
    print(list(islice((r["time"] for r in recs), 2)))
    print(list(takewhile(lambda x: x < 1000, (r["ms"] for r in recs))))
    table = [[k, v] for k, v in levels.items()]
    widths = [max(len(str(row[i])) for row in table) for i in range(2)]
    print("\n".join(" | ".join(str(c).ljust(w) for c, w in zip(row, widths)) for row in table))
    words = re.findall(r"[a-z]+", "the cat and the hat and the bat")
    print(Counter(words).most_common(2), Counter(words)["the"], sum(Counter(words).values()))
    print(re.sub(r"(?P<a>\d+)-(\d+)", lambda m: f"{int(m.group('a')) * 2}/{m[2]}", "10-2 7-3"))


asyncio.run(main())
