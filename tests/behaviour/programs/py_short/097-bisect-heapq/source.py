import bisect
import heapq


def grade(score: int, breakpoints=(60, 70, 80, 90), grades="FDCBA") -> str:
    return grades[bisect.bisect(breakpoints, score)]


print([grade(s) for s in (33, 99, 77, 70, 89, 90, 100)])
data = [5, 1, 8]
heapq.heapify(data)
heapq.heappush(data, 0)
print([heapq.heappop(data) for _ in range(len(data))])
print(heapq.nlargest(2, ["kiwi", "fig", "banana"], key=len), heapq.nsmallest(2, [4, 2, 9]))
print(list(heapq.merge([1, 4, 7], [2, 5], [3])))
names = ["ann", "cid"]
bisect.insort(names, "bob")
print(names, bisect.bisect_left(names, "bob"), bisect.bisect_right(names, "bob"))
