async def warm_up():
    pot = asyncio.create_task(heat_water())
    grind_beans()
    return await pot


kettle = asyncio.create_task(heat_water())
lay_table()
cups = await kettle
