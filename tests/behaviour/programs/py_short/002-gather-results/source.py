import asyncio


async def fetch(name: str, delay: float) -> dict[str, object]:
    """Pretend to fetch a resource."""
    await asyncio.sleep(delay)
    return {"name": name, "size": len(name) * 100}


async def main() -> None:
    names = ["users", "posts", "comments"]
    results = await asyncio.gather(
        *(fetch(n, 0.03 - i * 0.01) for i, n in enumerate(names))
    )
    for r in results:
        print(f"{r['name']:<10}|{r['size']:>6}")
    print("total:", sum(r["size"] for r in results))


asyncio.run(main())
