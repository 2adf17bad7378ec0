import asyncio


async def main():
    cart, offers = await asyncio.gather(load_cart(), load_offers())
    print(cart, offers)


if __name__ == "__main__":
    asyncio.run(main())
