# The same in Python, comprehensions with it.
import asyncio


async def loops(ids, table):
    out = []
    for user_id in ids:
        out.append(await fetch_user(user_id))  #~ await-in-loop
    for user_id in ids:
        await save_user(user_id)  #~ await-in-loop
    users = [await fetch_user(i) for i in ids]  #~ await-in-loop
    names = {i: await fetch_name(i) for i in ids}  #~ await-in-loop
    for key, value in table.items():
        await store(key, value)  #~ await-in-loop
    i = 0
    while i < len(ids):
        out.append(await fetch_user(ids[i]))  #~ await-in-loop
        i += 1
    for user_id in ids:
        try:
            await save_user(user_id)  #~ await-in-loop
        finally:
            await release(user_id)  #~ await-in-loop
    return users, names


async def fine(ids, stream, client, reader, writer):
    out = []
    for user in await fetch_all(ids):  # ok
        out.append(user)
    async for chunk in stream:
        await write(chunk)  # ok
    token = None
    for _ in range(10):
        page = await client.list(token)  # ok
        token = page.next
    for user_id in ids:
        user = await fetch_user(user_id)  # ok
        if user:
            break
    for user_id in ids:
        print(user_id)
        await asyncio.sleep(1)  # ok
    while not reader.at_eof():
        line = await reader.readline()  # ok
        out.append(line)
    for user_id in ids:
        await writer.drain()  # ok
    users = await asyncio.gather(*[fetch_user(i) for i in ids])  # ok
    squares = [i * i for i in await fetch_all(ids)]  # ok
    return users, squares
