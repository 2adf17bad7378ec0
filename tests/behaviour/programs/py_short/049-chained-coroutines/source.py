import asyncio


async def get_user(uid: int) -> dict:
    await asyncio.sleep(0.005)
    users = {1: "ada", 2: "grace"}
    return {"id": uid, "name": users[uid]}


async def get_orders(user: dict) -> list[float]:
    await asyncio.sleep(0.005)
    return [10.5 * user["id"], 4.25]


async def summary(uid: int) -> str:
    user = await get_user(uid)
    orders = await get_orders(user)
    return f"{user['name'].title()}: {len(orders)} orders, ${sum(orders):.2f}"


async def main() -> None:
    for res in await asyncio.gather(summary(1), summary(2), summary(3), return_exceptions=True):
        print(repr(res))


asyncio.run(main())
