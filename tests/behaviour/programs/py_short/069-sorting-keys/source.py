from operator import attrgetter, itemgetter
from typing import NamedTuple


class Student(NamedTuple):
    name: str
    grade: str
    age: int


students = [
    Student("john", "A", 15),
    Student("jane", "B", 12),
    Student("dave", "B", 10),
]
print([s.name for s in sorted(students, key=lambda s: s.age)])
print([s.name for s in sorted(students, key=attrgetter("grade", "age"))])
print(sorted(students, key=itemgetter(1), reverse=True)[0])
print(sorted("banana Apple cherry".split(), key=str.lower))
print(sorted(["bb", "a", "ccc", "aa"], key=lambda w: (-len(w), w)))
print(max(students, key=attrgetter("age")).name, min(students)._asdict())
