import asyncio

import helpers
import shop.pricing.rates as rates
import shop.stock
from shop import Cart, stock
from shop.pricing import price_of, slow_total


async def main():
    cart = Cart("ada")
    cart.add("apple", 2)
    cart.add("pear", 1)
    prices = await asyncio.gather(*(price_of(name) for name in cart.names()))
    print(helpers.join_all([str(price) for price in prices]))
    print(slow_total([1, 2, 3]), rates.BASE)
    stock.take("apple")
    shop.stock.take("pear")
    print(stock.taken(), helpers.GREETING)
    task = asyncio.create_task(price_of("fig"))
    print(await task)


if __name__ == "__main__":
    asyncio.run(main())
