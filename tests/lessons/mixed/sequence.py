# only: independent-awaits, await-in-loop
import asyncio
async def a(uid, ids, session):
    user = await fetch_user(uid)
    posts = await fetch_posts(uid)  #~ independent-awaits
    tags = await fetch_tags(user.id)
    for i in ids:
        await fetch_item(i)  #~ await-in-loop
    out = []
    for i in ids:
        out.append(await fetch_item(i))  #~ await-in-loop
    res = [await fetch_item(i) for i in ids]  #~ await-in-loop
    for i in ids:
        await asyncio.sleep(1)
    for i in ids:
        r = await fetch_item(i)
        if r.ok:
            break
    page = 1
    while True:
        data = await fetch_page(page)
        if not data: break
        page += 1
    cursor = None
    for i in ids:
        cursor = await fetch_next(cursor)
    async for x in gen():
        await fetch_item(x)
    for t in tasks:
        await t  #~ await-in-loop
    d = {i: await fetch_item(i) for i in ids}  #~ await-in-loop
    for i in ids:
        async with session.get(i) as r2:
            t = await r2.text()
