from functools import cache, lru_cache, partial, reduce, singledispatch


@cache
def fib(n: int) -> int:
    return n if n < 2 else fib(n - 1) + fib(n - 2)


@lru_cache(maxsize=2)
def slow_square(n):
    return n * n


@singledispatch
def show(arg): return f"object {arg}"

@show.register
def _(arg: int): return f"int {arg:d}"

@show.register(list)
def _(arg): return f"list of {len(arg)}"


print(fib(90), fib.cache_info().currsize)
for n in (1, 2, 1, 3, 2):
    slow_square(n)
print(slow_square.cache_info())
print(partial(int, base=2)("1010"), reduce(lambda a, b: a * 10 + b, [1, 2, 3]))
print(show(5), show([1, 2]), show("x"), sep=" / ")
