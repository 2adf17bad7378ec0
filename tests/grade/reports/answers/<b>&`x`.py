async def load_dashboard(user_id):
    user = fetch_user(user_id)
    return {"user": user}
