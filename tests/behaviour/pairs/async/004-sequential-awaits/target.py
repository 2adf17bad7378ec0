import asyncio


async def read_timetable():
    return {"line": "coast"}


async def find_train(train_id):
    return {"id": train_id, "name": f"train-{train_id}"}


async def plan_trip(train_id):
    timetable = await read_timetable()
    train = await find_train(train_id)
    return {"timetable": timetable, "train": train}


async def main():
    trip = await plan_trip(7)
    timetable, train = trip["timetable"], trip["train"]
    print(f"{train['name']} on the {timetable['line']}")


if __name__ == "__main__":
    asyncio.run(main())
