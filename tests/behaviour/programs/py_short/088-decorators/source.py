import functools


def trace(func):
    @functools.wraps(func)
    def wrapper(*args, **kwargs):
        wrapper.calls += 1
        result = func(*args, **kwargs)
        print(f"{func.__name__}({', '.join(map(repr, args))}) = {result!r}")
        return result
    wrapper.calls = 0
    return wrapper


def repeat(n):
    return lambda func: lambda *a: [func(*a) for _ in range(n)]


@trace
def gcd(a: int, b: int) -> int:
    """Greatest common divisor."""
    return a if b == 0 else gcd(b, a % b)


@repeat(3)
def greet(name): return f"hi {name}"


gcd(48, 18)
print(gcd.calls, gcd.__doc__, greet("Bo"))
