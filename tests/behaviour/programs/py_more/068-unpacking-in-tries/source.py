def parse(line):
    name, value = line.split("=")
    return name, value
def parse2(line):
    name, *rest = line.split(",")
    a, b, *c = rest
    return name, a, b, c
for l in ("a=1", "b", "c=1=2"):
    try:
        print(parse(l))
    except ValueError as e:
        print("bad", e)
for l in ("a,1,2", "b,1", "c,1,2,3"):
    try:
        print(parse2(l))
    except ValueError as e:
        print("bad", e)
try:
    for k, v in [(1, 2), (3,)]:
        print(k, v)
except ValueError as e:
    print("bad", e)
pairs = [p.split(":") for p in "a:1 b:2".split()]
d = dict(pairs)
print(d, {k: int(v) for k, v in pairs})
