import asyncio

cart, offers = await asyncio.gather(
    load_cart(),
    load_offers(),
)
