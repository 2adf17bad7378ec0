"""A railway station's departure board: two services are asked at once, one may fail."""

import asyncio


async def next_train(station):
    await asyncio.sleep(0.03)  # the timetable service is slow
    return {"to": "Inverness", "minutes": len(station)}


async def platform_notice(station):
    await asyncio.sleep(0.01)
    if station == "Halt":
        raise ValueError(f"no notice board at {station}")
    return "mind the gap"


async def departure_board(station):
    train, notice = await asyncio.gather(next_train(station), platform_notice(station))
    return {"station": station, "train": train, "notice": notice}


async def main():
    for station in ["Perth", "Halt"]:
        try:
            board = await departure_board(station)
            train = board["train"]
            print(f"{board['station']}: {train['to']} in {train['minutes']} min, {board['notice']}")
        except ValueError as error:
            print(f"{station}: {error}")


if __name__ == "__main__":
    asyncio.run(main())
