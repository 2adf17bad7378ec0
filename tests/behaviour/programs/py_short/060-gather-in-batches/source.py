import asyncio
from itertools import islice


def chunked(seq, size):
    it = iter(seq)
    while batch := list(islice(it, size)):
        yield batch


async def process(item: str) -> str:
    await asyncio.sleep(0.005)
    return item.capitalize()


async def main() -> None:
    menu = ["soup", "bread", "fish", "rice", "cake"]
    for no, batch in enumerate(chunked(menu, 2), 1):
        done = await asyncio.gather(*[process(x) for x in batch])
        print(f"batch {no}: {', '.join(done)}")


asyncio.run(main())
