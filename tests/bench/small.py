# About as much as a lesson shows at once: what starting the program for one function costs.
import asyncio


async def restock(shelf):
    stock, orders = await asyncio.gather(count_stock(shelf), open_orders(shelf))
    missing = [order for order in orders if order["item"] not in stock]
    return {"shelf": shelf, "missing": missing}
