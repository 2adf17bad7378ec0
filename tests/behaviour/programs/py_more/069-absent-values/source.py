class A:
    def __init__(self):
        self.v = None
        self.m = {1: "a"}

    def load(self, k):
        self.v = self.m.get(k)

    def find(self, k):
        if k > 100:
            return self.m.get(k - 100)
        return self.m.get(k)

def lookup(d, k):
    return d.get(k)

a = A()
for k in (1, 2):
    a.load(k)
    print("none" if a.v is None else a.v, a.v is not None)
    r = a.find(k)
    print(r is None, a.find(k + 100) is None)
    x = lookup({5: 1}, k)
    if x is None:
        print("missing", k)

def acc():
    value = 0
    while (step := (yield value)) != 0:
        value += step if step is not None else 1
    yield "stopped"
c = acc()
print(next(c), c.send(5), next(c), c.send(10), c.send(0))
