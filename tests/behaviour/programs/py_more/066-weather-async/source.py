import asyncio
import json
from datetime import datetime, timedelta, timezone
from statistics import mean, pstdev

PAYLOADS = {
    "oslo": '{"city": "Oslo", "temps": [-3.5, 0.0, 2.25], "wind": {"speed": 7.2, "dir": "NW"}}',
    "lima": '{"city": "Lima", "temps": [18, 21, 19.5], "wind": null}',
    "nowhere": '{"error": "not found"}',
    "broken": '{"city": ',
}


async def fetch(city: str, delay: float) -> str:
    await asyncio.sleep(delay)
    if city not in PAYLOADS:
        raise ConnectionError(f"no route to {city}")
    return PAYLOADS[city]


def summarize(raw: str) -> dict:
    data = json.loads(raw)
    if "error" in data:
        raise LookupError(data["error"])
    temps = data["temps"]
    wind = data.get("wind") or {}
    return {
        "city": data["city"],
        "avg": round(mean(temps), 2),
        "spread": round(max(temps) - min(temps), 2),
        "dev": round(pstdev(temps), 3),
        "wind": f"{wind['speed']} {wind['dir']}" if wind else "calm",
    }


async def report(city: str, delay: float) -> dict:
    try:
        return summarize(await fetch(city, delay))
    except json.JSONDecodeError as e:
        return {"city": city, "problem": "bad json"}
    except (LookupError, ConnectionError) as e:
        return {"city": city, "problem": f"{type(e).__name__}: {e}"}


def schedule(start: datetime, every: timedelta, n: int):
    return [(start + i * every).strftime("%a %H:%M") for i in range(n)]


async def main():
    cities = ["oslo", "lima", "nowhere", "broken", "atlantis"]
    reports = await asyncio.gather(*(report(c, 0.03 - 0.005 * i) for i, c in enumerate(cities)))
    for r in reports:
        if problem := r.get("problem"):
            print(f"{r['city']:>10}: {problem}")
        else:
            print(f"{r['city']:>10}: {r['avg']:.2f} ±{r['dev']} ({r['spread']}) wind {r['wind']}")
    good = [r for r in reports if "problem" not in r]
    warmest = max(good, key=lambda r: r["avg"])
    print(json.dumps(warmest, indent=2, sort_keys=True))
    start = datetime(2024, 12, 31, 22, 30, tzinfo=timezone.utc)
    print(schedule(start, timedelta(minutes=45), 4))
    print((start + timedelta(days=1)).date(), start.isoformat(), (datetime(2025, 1, 1, tzinfo=timezone.utc) - start).seconds)
    print(json.dumps({"ok": True, "none": None, "n": 1.0, "t": (1, 2)}), json.loads("[1, 2.5, \"x\"]"))


asyncio.run(main())
