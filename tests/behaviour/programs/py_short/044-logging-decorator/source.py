import asyncio
import functools
import inspect

def logged(func):
    """Log calls of both plain functions and coroutines."""
    if inspect.iscoroutinefunction(func):
        @functools.wraps(func)
        async def wrapper(*args, **kwargs):
            print(f"-> async {func.__name__}{args}")
            return await func(*args, **kwargs)
    else:
        @functools.wraps(func)
        def wrapper(*args, **kwargs):
            print(f"-> {func.__name__}{args}")
            return func(*args, **kwargs)
    return wrapper

@logged
def add(a, b): return a + b

@logged
async def mul(a, b):
    await asyncio.sleep(0.005)
    return a * b

print(add(2, 3))
print(asyncio.run(mul(4, 5)), mul.__name__)
