from collections import deque

GRAPH: dict[str, list[str]] = {
    "A": ["B", "C"], "B": ["D"], "C": ["D", "E"], "D": ["F"], "E": ["F"], "F": [],
}


def shortest_path(graph: dict[str, list[str]], start: str, goal: str) -> list[str] | None:
    queue = deque([[start]])
    seen = {start}
    while queue:
        path = queue.popleft()
        if path[-1] == goal:
            return path
        for nxt in graph[path[-1]]:
            if nxt not in seen:
                seen.add(nxt)
                queue.append([*path, nxt])
    return None


if __name__ == "__main__":
    for a, b in ("AF", "AE", "FA"):
        path = shortest_path(GRAPH, a, b)
        print(f"{a}->{b}:", " ".join(path) if path else "no path")
