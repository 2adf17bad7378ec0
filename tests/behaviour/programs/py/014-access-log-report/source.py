"""Summarise a web server access log."""
import re
from collections import Counter, defaultdict
from datetime import datetime
from operator import itemgetter
from textwrap import dedent, indent

LOG = dedent('''
    10.0.0.1 - - [03/Mar/2024:10:00:01 +0000] "GET / HTTP/1.1" 200 5120
    10.0.0.2 - bob [03/Mar/2024:10:00:04 +0000] "GET /about HTTP/1.1" 200 2048
    10.0.0.1 - - [03/Mar/2024:10:12:09 +0000] "GET /logo.png HTTP/1.1" 304 -
    garbage line
    10.0.0.3 - - [03/Mar/2024:11:01:00 +0000] "POST /login HTTP/1.1" 401 310
    10.0.0.3 - - [03/Mar/2024:11:01:05 +0000] "POST /login HTTP/1.1" 401 310
    10.0.0.3 - eve [03/Mar/2024:11:01:31 +0000] "POST /login HTTP/1.1" 302 0
    10.0.0.2 - bob [03/Mar/2024:11:59:59 +0000] "GET /report?y=2023 HTTP/1.1" 500 99
    10.0.0.9 - - [03/Mar/2024:13:30:00 +0000] "GET /big.iso HTTP/1.1" 200 734003200
    10.0.0.1 - - [03/Mar/2024:13:31:00 +0000] "GET /report?y=2024 HTTP/1.1" 200 18300
''').strip()

LINE = re.compile(
    r"""
    (?P<ip>\S+) \s \S+ \s (?P<user>\S+) \s
    \[(?P<when>[^\]]+)\] \s
    "(?P<method>[A-Z]+) \s (?P<path>[^ ?]+)(?:\?(?P<query>\S*))? \s [^"]+" \s
    (?P<status>\d{3}) \s (?P<size>\d+|-)
    """,
    re.VERBOSE,
)


def parse(line):
    m = LINE.fullmatch(line)
    if m is None:
        return None
    d = m.groupdict()
    d["status"] = int(d["status"])
    d["size"] = 0 if d["size"] == "-" else int(d["size"])
    d["when"] = datetime.strptime(d["when"], "%d/%b/%Y:%H:%M:%S %z")
    return d


def human(n):
    for unit in ("B", "KiB", "MiB", "GiB"):
        if n < 1024 or unit == "GiB":
            return f"{n:.0f} {unit}" if unit == "B" else f"{n:.1f} {unit}"
        n /= 1024


def section(title, rows):
    print(title)
    print("-" * len(title))
    print(indent("\n".join(rows) or "(none)", "  "))
    print()


def main():
    parsed = [(line, parse(line)) for line in LOG.splitlines()]
    entries = [e for _, e in parsed if e]
    bad = [line for line, e in parsed if e is None]

    status = Counter(f"{e['status'] // 100}xx" for e in entries)
    section("Status classes", [f"{k}: {v:>2} {'#' * v}" for k, v in sorted(status.items())])

    paths = Counter(map(itemgetter("path"), entries))
    section("Top paths", [f"{n}x {p}" for p, n in paths.most_common(2)])

    hours = defaultdict(lambda: [0, 0])
    for e in entries:
        bucket = hours[e["when"].replace(minute=0, second=0)]
        bucket[0] += 1
        bucket[1] += e["size"]
    section("Traffic by hour", [f"{h:%a %H:%M}  {n} hits  {human(b):>10}" for h, (n, b) in hours.items()])

    failed = defaultdict(list)
    for e in entries:
        if e["status"] == 401:
            failed[e["ip"]].append(e["when"])
    section(
        "Repeated login failures",
        [f"{ip}: {len(ts)} within {(ts[-1] - ts[0]).seconds}s" for ip, ts in failed.items() if len(ts) > 1],
    )
    section("Users", sorted({e["user"] for e in entries} - {"-"}))
    section("Queries", [e["query"] for e in entries if e["query"]])
    section("Unparsed", [repr(b) for b in bad])


if __name__ == "__main__":
    main()
