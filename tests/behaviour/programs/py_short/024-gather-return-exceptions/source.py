import asyncio


async def parse(s: str) -> int:
    await asyncio.sleep(0.005)
    return int(s)


async def main() -> None:
    inputs = ["10", "x", "32", ""]
    results = await asyncio.gather(*map(parse, inputs), return_exceptions=True)
    good, bad = [], []
    for text, res in zip(inputs, results):
        if isinstance(res, Exception):
            bad.append((text, type(res).__name__, str(res)))
        else:
            good.append(res)
    print("good:", good)
    for item in bad:
        print("bad:", item)


if __name__ == "__main__":
    asyncio.run(main())
