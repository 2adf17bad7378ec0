import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter, itemgetter

LOG = """\
2024-03-01 10:00:01,120 INFO  [api] GET /users 200 12ms
2024-03-01 10:00:03,500 WARN  [db] slow query: 850ms
2024-03-01 10:00:03,900 ERROR [api] GET /orders 500 901ms
Traceback (most recent call last):
  File "app.py", line 3
2024-03-01 10:01:15,000 INFO  [api] POST /users 201 33ms
2024-03-01 10:02:00,250 ERROR [worker] job 17 failed: timeout
2024-03-01 10:02:01,000 INFO  [api] GET /users 200 8ms
"""

LINE = re.compile(
    r"^(?P<ts>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d),(?P<ms>\d{3})\s+(?P<level>[A-Z]+)\s+\[(?P<source>\w+)\]\s+(?P<msg>.*)$"
)
REQUEST = re.compile(r"(?P<method>GET|POST|PUT|DELETE) (?P<path>\S+) (?P<status>\d{3}) (?P<took>\d+)ms")


@dataclass
class Record:
    when: datetime
    level: str
    source: str
    message: str
    extra: str = ""

    @property
    def is_error(self) -> bool:
        return self.level in ("ERROR", "FATAL")


def parse(text):
    current = None
    for line in text.splitlines():
        m = LINE.match(line)
        if m:
            if current:
                yield current
            when = datetime.strptime(m["ts"], "%Y-%m-%d %H:%M:%S") + timedelta(milliseconds=int(m["ms"]))
            current = Record(when, m["level"], m["source"], m["msg"])
        elif current:
            current.extra += line.strip() + "; "
    if current:
        yield current


def percentile(values, p):
    values = sorted(values)
    k = (len(values) - 1) * p / 100
    lo = int(k)
    hi = min(lo + 1, len(values) - 1)
    return values[lo] + (values[hi] - values[lo]) * (k - lo)


records = list(parse(LOG))
print(len(records), "records from", records[0].when.strftime("%H:%M"), "to", records[-1].when.strftime("%H:%M:%S"))
levels = Counter(map(attrgetter("level"), records))
print(dict(levels), levels["DEBUG"])
for r in filter(lambda r: r.is_error, records):
    print(f"{r.when:%H:%M:%S} {r.source:<7}| {r.message}{' // ' + r.extra.rstrip('; ') if r.extra else ''}")
times = defaultdict(list)
statuses = Counter()
for r in records:
    if req := REQUEST.search(r.message):
        times[req["path"]].append(int(req["took"]))
        statuses[int(req["status"]) // 100] += 1
for path, took in sorted(times.items(), key=itemgetter(0)):
    print(f"{path}: n={len(took)} avg={sum(took) / len(took):.1f} p50={percentile(took, 50):.1f} p90={percentile(took, 90):.2f}")
print({f"{k}xx": v for k, v in sorted(statuses.items())})
for minute, group in groupby(records, key=lambda r: r.when.replace(second=0, microsecond=0)):
    items = list(group)
    print(minute.isoformat(" "), len(items), "".join(r.level[0] for r in items))
gaps = [(b.when - a.when).total_seconds() for a, b in zip(records, records[1:])]
print(max(gaps), round(sum(gaps), 3), sum(g > 10 for g in gaps))
