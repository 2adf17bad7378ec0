import asyncio
import functools

def retry(times: int, exceptions=(Exception,)):
    def decorator(func):
        @functools.wraps(func)
        async def wrapper(*args, **kwargs):
            for attempt in range(times):
                try:
                    return await func(*args, **kwargs)
                except exceptions as exc:
                    print(f"{func.__name__} #{attempt + 1}: {exc!r}")
            raise RuntimeError(f"{func.__name__} failed {times} times")
        return wrapper
    return decorator

@retry(times=3, exceptions=(ValueError, ZeroDivisionError))
async def divide(a, b):
    await asyncio.sleep(0.005)
    return a / b

async def main():
    print(await divide(7, 2))
    try:
        await divide(1, 0)
    except RuntimeError as e:
        print("error:", e)

asyncio.run(main())
