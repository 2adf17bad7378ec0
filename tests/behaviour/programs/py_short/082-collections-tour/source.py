from collections import ChainMap, OrderedDict, defaultdict, deque, namedtuple

Point = namedtuple("Point", "x y", defaults=[0])
p = Point(3)
print(p, p.x + p.y, p._replace(y=5), p == (3, 0))
d = deque([1, 2, 3], maxlen=4)
d.appendleft(0)
d.append(4)
d.rotate(1)
print(d, d.popleft(), d[-1])
groups = defaultdict(list)
for word in ["ant", "bee", "ape", "cow", "bat"]:
    groups[word[0]].append(word)
print(dict(groups), "z" in groups)
cm = ChainMap({"a": 1}, {"a": 2, "b": 3})
print(cm["a"], cm["b"], dict(cm) == {"a": 1, "b": 3})
od = OrderedDict.fromkeys("abc")
od.move_to_end("a")
print(list(od), od.popitem(last=False))
