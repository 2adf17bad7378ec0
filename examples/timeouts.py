"""A quiz: each team has a moment to answer, the slow ones lose their turn."""

import asyncio


async def answer(team, seconds):
    await asyncio.sleep(seconds)
    return f"{team} says Lisbon"


async def main():
    for team, seconds in [("Reds", 0.01), ("Blues", 0.5)]:
        try:
            print(await asyncio.wait_for(answer(team, seconds), timeout=0.1))
        except asyncio.TimeoutError:
            print(f"{team} ran out of time")
    try:
        async with asyncio.timeout(0.05):
            await asyncio.sleep(1)
            print("never printed")
    except TimeoutError:
        print("the quiz is over")


if __name__ == "__main__":
    asyncio.run(main())
