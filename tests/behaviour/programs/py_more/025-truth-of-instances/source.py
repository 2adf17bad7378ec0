class Vec:
    def __init__(self, *xs):
        self.xs = xs

    def __bool__(self):
        return any(self.xs)


class W:
    def __init__(self, x):
        self.x = x

    def __bool__(self):
        return self.x > 0

vs = [Vec(3, 4), Vec(1, 1), Vec(0, 0)]
print(len([v for v in vs if v]))
for v in vs:
    if v:
        print("yes")
    elif not v:
        print("no")
ws = [W(1), W(0)]
print(len([w for w in ws if w]), any(ws), all(ws), bool(ws[1]))
w = W(0) or W(5)
print(w.x, W(3) and 4)
