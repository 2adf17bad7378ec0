import csv
import io
from statistics import mean, median

RAW = """name,dept,salary
Ann,IT,5200
Bob,HR,4100
"Lee, C.",IT,6100
Dan,HR,3900
"""

rows = list(csv.DictReader(io.StringIO(RAW)))
by_dept: dict[str, list[int]] = {}
for row in rows:
    by_dept.setdefault(row["dept"], []).append(int(row["salary"]))
print(f"{'dept':<6}{'n':>3}{'mean':>10}{'median':>10}")
for dept, salaries in sorted(by_dept.items()):
    print(f"{dept:<6}{len(salaries):>3}{mean(salaries):>10,.1f}{median(salaries):>10}")
out = io.StringIO()
writer = csv.writer(out, lineterminator="\n")
writer.writerows([["a", "b,c"], [1, 'say "hi"']])
print(out.getvalue(), end="")
