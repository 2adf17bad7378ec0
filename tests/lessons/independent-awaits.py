async def found(user_id, api):
    user = await fetch_user(user_id)
    posts = await fetch_posts(user_id)  #~ independent-awaits
    print(user, posts)
    rights = await api.load_rights(user_id)
    theme = await api.load_theme("dark")  #~ independent-awaits
    return rights, theme


async def in_try(user_id):
    try:
        orders = await get_orders(user_id)
        invoices = await get_invoices(user_id)  #~ independent-awaits
    finally:
        print("done")
    if orders:
        one = await list_items(user_id)
        two = await list_parts(user_id)  #~ independent-awaits
        return one, two
    return invoices


async def fine(user_id):
    user = await fetch_user(user_id)
    posts = await fetch_posts(user)  # ok
    await save(user)  # ok
    again = await fetch_user(user_id)  # ok
    print(again)
    return posts
