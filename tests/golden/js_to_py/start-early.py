import asyncio


async def checkout():
    task = asyncio.create_task(reserve_seats())
    # meanwhile, something else
    seats = await task
