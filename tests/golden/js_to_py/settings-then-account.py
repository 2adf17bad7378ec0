async def load_settings_and_account(account_id):
    settings = await load_settings()
    account = await fetch_account(account_id)
    return {"settings": settings, "account": account}
