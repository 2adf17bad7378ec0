# A coroutine is true, whatever it would say.
import asyncio
import atexit
import threading


async def is_ready():
    await asyncio.sleep(0)
    return False


async def conditions(items):
    if is_ready():  #~ misused-promise
        items.append(1)
    while is_ready():  #~ misused-promise
        break
    a = 1 if is_ready() else 2  #~ misused-promise
    b = not is_ready()  #~ misused-promise
    if items and is_ready():  #~ misused-promise
        items.append(2)
    c = [x for x in items if is_ready()]  #~ misused-promise
    assert is_ready()  #~ misused-promise
    d = [*is_ready()]  #~ misused-promise
    for x in is_ready():  #~ misused-promise
        items.append(x)
    e = list(filter(is_ready, items))  #~ misused-promise
    return a, b, c, d, e


def callbacks(loop, task, items):
    loop.call_soon(is_ready)  #~ misused-promise
    loop.call_later(1, is_ready)  #~ misused-promise
    task.add_done_callback(is_ready)  #~ misused-promise
    atexit.register(is_ready)  #~ misused-promise
    threading.Thread(target=is_ready).start()  #~ misused-promise
    items.sort(key=is_ready)  #~ misused-promise


async def fine(loop, items, check):
    if await is_ready():  # ok
        items.append(1)
    a = 1 if await is_ready() else 2  # ok
    b = not await is_ready()  # ok
    c = [x for x in items if await is_ready()]  # ok
    loop.call_soon(print)  # ok
    await asyncio.to_thread(print)  # ok
    task = asyncio.create_task(is_ready())
    if task:  # ok
        await task
    if check():  # ok
        items.append(2)
    return a, b, c


def shadow(is_ready, items):
    if is_ready():  # ok
        items.append(1)
