import io
from contextlib import contextmanager, redirect_stdout, suppress

@contextmanager
def tag(name):
    print(f"<{name}>")
    try:
        yield name.upper()
    finally:
        print(f"</{name}>")

class Indenter:
    level = 0
    def __enter__(self):
        self.level += 1
        return self
    def __exit__(self, *exc): self.level -= 1
    def print(self, text):
        print("  " * self.level + text)

with tag("div") as outer, tag("p"):
    print(outer)
with Indenter() as ind:
    ind.print("one")
    with ind:
        ind.print("two")
with suppress(ZeroDivisionError):
    print(1 / 0)
with redirect_stdout(io.StringIO()) as buf: print("hidden")
print(repr(buf.getvalue()), ind.level)
