import heapq
import math
from collections import defaultdict, deque
from functools import lru_cache, cache
from typing import Hashable

Node = Hashable


class Graph:
    def __init__(self, directed=False):
        self.adj: dict[str, dict[str, int]] = defaultdict(dict)
        self.directed = directed

    def edge(self, a, b, w=1):
        self.adj[a][b] = w
        self.adj[b]
        if not self.directed:
            self.adj[b][a] = w
        return self

    def dijkstra(self, src):
        dist = {n: math.inf for n in self.adj}
        prev = {}
        dist[src] = 0
        heap = [(0, src)]
        while heap:
            d, u = heapq.heappop(heap)
            if d > dist[u]:
                continue
            for v, w in self.adj[u].items():
                if (nd := d + w) < dist[v]:
                    dist[v], prev[v] = nd, u
                    heapq.heappush(heap, (nd, v))
        return dist, prev

    def path(self, src, dst):
        dist, prev = self.dijkstra(src)
        if math.isinf(dist[dst]):
            return None
        out = [dst]
        while out[-1] != src:
            out.append(prev[out[-1]])
        return out[::-1]

    def toposort(self):
        indegree = {n: 0 for n in self.adj}
        for n in self.adj:
            for m in self.adj[n]:
                indegree[m] += 1
        ready = deque(sorted(n for n, d in indegree.items() if d == 0))
        order = []
        while ready:
            n = ready.popleft()
            order.append(n)
            for m in sorted(self.adj[n]):
                indegree[m] -= 1
                if not indegree[m]:
                    ready.append(m)
        if len(order) < len(indegree):
            left = sorted(set(indegree) - set(order))
            raise ValueError("cycle among {}".format(", ".join(left)))
        return order

    def components(self):
        seen = set()
        for n in self.adj:
            if n in seen:
                continue
            stack, comp = [n], set()
            while stack:
                u = stack.pop()
                if u not in comp:
                    comp.add(u)
                    stack.extend(self.adj[u].keys() - comp)
            seen |= comp
            yield sorted(comp)


g = Graph()
for a, b, w in [("A", "B", 4), ("A", "C", 1), ("C", "B", 2), ("B", "D", 5), ("E", "F", 1)]:
    g.edge(a, b, w)
dist, _ = g.dijkstra("A")
print(dist)
print(g.path("A", "D"), g.path("A", "F"))
print(list(g.components()))
dag = Graph(directed=True).edge("shop", "cook").edge("cook", "eat").edge("lay", "eat").edge("eat", "wash")
print(dag.toposort())
dag.edge("wash", "cook")
try:
    dag.toposort()
except ValueError as e:
    print("error:", e)


@lru_cache(maxsize=None)
def edit(a, b):
    if not a or not b:
        return len(a) + len(b)
    if a[0] == b[0]:
        return edit(a[1:], b[1:])
    return 1 + min(edit(a[1:], b), edit(a, b[1:]), edit(a[1:], b[1:]))


@cache
def ways(amount, coins=(50, 20, 10, 5)):
    if amount == 0:
        return 1
    if amount < 0 or not coins:
        return 0
    return ways(amount - coins[0], coins) + ways(amount, coins[1:])


print(edit("kitten", "sitting"), edit.cache_info().currsize > 10, ways(100))
grid = ["#S..", "..#.", "#..E"]
start = next((r, c) for r, row in enumerate(grid) for c, ch in enumerate(row) if ch == "S")
queue, seen = deque([(start, 0)]), {start}
while queue:
    (r, c), steps = queue.popleft()
    if grid[r][c] == "E":
        print("exit in", steps)
        break
    for dr, dc in ((0, 1), (1, 0), (0, -1), (-1, 0)):
        nr, nc = r + dr, c + dc
        if 0 <= nr < len(grid) and 0 <= nc < len(grid[0]) and grid[nr][nc] != "#" and (nr, nc) not in seen:
            seen.add((nr, nc))
            queue.append(((nr, nc), steps + 1))
else:
    print("no way out")
