"""Stream sensor lines through a chain of async generators."""
import asyncio
import json
from collections import deque
from statistics import fmean

RAW = """\
{"station": "north", "t": 12.5, "hum": 80}
{"station": "south", "t": 18.0, "hum": 55}
not json at all
{"station": "north", "t": 13.1, "hum": 79}
{"station": "south", "t": 18.4}
{"station": "north", "t": 999, "hum": 10}
{"station": "south", "t": 19.2, "hum": 50}
{"station": "north", "t": 13.9, "hum": 77}
{"station": "south", "t": 19.9, "hum": 48}
{"station": "east", "t": 15, "hum": 60}
"""


async def read_lines(text, delay=0.002):
    for number, line in enumerate(text.splitlines(), 1):
        await asyncio.sleep(delay)
        yield number, line


async def parse(lines, rejected):
    async for number, line in lines:
        try:
            yield number, json.loads(line)
        except json.JSONDecodeError as e:
            rejected.append((number, f"json: {e.msg}"))


async def validate(records, rejected):
    async for number, rec in records:
        if missing := {"station", "t", "hum"} - rec.keys():
            rejected.append((number, f"missing {', '.join(sorted(missing))}"))
        elif not -50 <= rec["t"] <= 60:
            rejected.append((number, f"absurd temperature {rec['t']}"))
        else:
            yield rec


async def smooth(records, size=2):
    windows = {}
    async for rec in records:
        win = windows.setdefault(rec["station"], deque(maxlen=size))
        win.append(rec["t"])
        yield {**rec, "avg": round(fmean(win), 2)}


async def batched(source, n):
    batch = []
    try:
        async for item in source:
            batch.append(item)
            if len(batch) == n:
                yield batch
                batch = []
        if batch:
            yield batch
    finally:
        print("-- batching finished")


async def take(source, n):
    if n <= 0:
        return
    async for item in source:
        yield item
        n -= 1
        if not n:
            break


async def main():
    rejected = []
    stream = smooth(validate(parse(read_lines(RAW), rejected), rejected))
    async for i, batch in aenumerate(batched(stream, 3)):
        print(f"batch {i}: " + "; ".join(f"{r['station']} {r['t']:.1f} (avg {r['avg']:.2f})" for r in batch))
    for number, why in rejected:
        print(f"line {number} rejected, {why}")

    temps = [rec["t"] async for _, rec in parse(read_lines(RAW), []) if rec["station"] == "south"]
    print("south:", temps, f"max={max(temps)}")

    first = {number: line[:24] async for number, line in take(read_lines(RAW), 2)}
    print(first)


async def aenumerate(aiterable, start=1):
    i = start
    async for x in aiterable:
        yield i, x
        i += 1


if __name__ == "__main__":
    asyncio.run(main())
