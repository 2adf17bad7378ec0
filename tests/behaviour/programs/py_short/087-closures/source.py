def make_counter(start=0):
    count = start

    def increment(step=1):
        nonlocal count
        count += step
        return count

    return increment


def compose(*funcs):
    def inner(x):
        for f in reversed(funcs):
            x = f(x)
        return x
    return inner


c1, c2 = make_counter(), make_counter(10)
print(c1(), c1(), c1(5), c2())
late = [lambda: i for i in range(3)]
early = [lambda i=i: i for i in range(3)]
print([f() for f in late], [f() for f in early])
print(compose(str, abs, lambda x: x - 10)(3))
print(c1.__closure__[0].cell_contents, c1.__name__)
