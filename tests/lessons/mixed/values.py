# only: misused-promise
import asyncio
async def is_ok(): await asyncio.sleep(1); return True
async def f(xs, loop):
    if is_ok(): pass  #~ misused-promise
    if await is_ok(): pass
    if not is_ok(): pass  #~ misused-promise
    while is_ok(): pass  #~ misused-promise
    a = 1 if is_ok() else 2  #~ misused-promise
    assert is_ok()  #~ misused-promise
    b = [x for x in xs if is_ok()]  #~ misused-promise
    for x in is_ok(): pass  #~ misused-promise
    c = [*is_ok()]  #~ misused-promise
    d = list(filter(is_ok, xs))  #~ misused-promise
    e = sorted(xs, key=is_ok)  #~ misused-promise
    g = max(xs, key=lambda x: is_ok())  #~ misused-promise
    h = any(is_ok() for x in xs)  #~ misused-promise
    i = is_ok() or 3  #~ misused-promise
    loop.call_later(1, is_ok)  #~ misused-promise
    asyncio.get_running_loop().call_soon(is_ok)  #~ misused-promise
    ok = is_ok()
    if ok: pass  #~ misused-promise
    j = f"{is_ok()}"  #~ misused-promise
    k, l = is_ok()  #~ misused-promise
    m = is_ok() + 1  #~ misused-promise
    print(is_ok().value)  #~ misused-promise
    n = is_ok() == 1  #~ misused-promise
