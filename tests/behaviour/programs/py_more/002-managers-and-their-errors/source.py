import asyncio
class A:
    def __enter__(self):
        return self
    def __exit__(self, exc_type, exc, tb):
        print("leaving", exc)
        print(f"{exc_type} {exc}" if exc is None else exc_type.__name__)
        if exc:
            print("had", exc, repr(exc), str(exc), [exc])
        return False
class B:
    async def __aenter__(self):
        return self
    async def __aexit__(self, et, e, tb):
        print("leaving", e)
        if et is ValueError:
            print("value", e)
            return True
        if et and issubclass(et, KeyError):
            print("key", e)
            return True
        return isinstance(e, OSError)
class C:
    def __init__(self, *kinds): self.kinds = kinds
    def __enter__(self): return self
    def __exit__(self, exc_type, exc, tb):
        return exc_type is not None and issubclass(exc_type, self.kinds)
class D:
    def __enter__(self): print("in"); return 5
    def __exit__(self, *args):
        print("out", args[0] is None, args[1])
class Err(Exception): pass
async def main():
    with A() as a:
        pass
    try:
        with A():
            raise Err("boom")
    except Err as e:
        print("c", e)
    async with B():
        pass
    async with B():
        raise ValueError("v")
    async with B():
        raise KeyError("k")
    async with B():
        raise FileNotFoundError("nope")
    with C(ZeroDivisionError, Err):
        raise Err("x")
    with D() as d:
        print(d)
    try:
        with D() as d:
            raise Err("y")
    except Err:
        print("ok")
    with open("/dev/null") as f, D() as d:
        print(d)
asyncio.run(main())
