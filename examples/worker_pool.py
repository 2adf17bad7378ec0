"""Two cooks work through one queue of orders until it is empty."""

import asyncio


async def cook(name, orders, served):
    while not orders.empty():
        dish = orders.get_nowait()
        await asyncio.sleep(0.01 * len(dish))
        served.append((dish, name))
        orders.task_done()


async def main():
    orders = asyncio.Queue()
    for dish in ["pie", "soup", "stew", "rice"]:
        orders.put_nowait(dish)
    served = []
    await asyncio.gather(cook("Ann", orders, served), cook("Bo", orders, served))
    for dish, name in sorted(served):
        print(f"{dish}: {name}")
    print("open orders:", orders.qsize())


if __name__ == "__main__":
    asyncio.run(main())
