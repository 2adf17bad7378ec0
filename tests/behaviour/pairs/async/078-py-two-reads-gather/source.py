import asyncio


async def read_gauge(gauge_id):
    await asyncio.sleep(0.01)
    return {"id": gauge_id, "name": "inlet"}


async def read_history(gauge_id):
    await asyncio.sleep(0.005)
    return {"samples": gauge_id * 3}


def status_line(gauge, history):
    return f"{gauge['name']} has {history['samples']} samples"


async def main():
    gauge, history = await asyncio.gather(read_gauge(5), read_history(5))
    print(status_line(gauge, history))


if __name__ == "__main__":
    asyncio.run(main())
