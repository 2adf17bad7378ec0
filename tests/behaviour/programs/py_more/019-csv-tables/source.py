import csv
import io
import sys
from contextlib import redirect_stdout

RAW = 'name,dept,salary\nAnn,IT,5200\n"Lee, C.",IT,"61""00"\n'
rows = list(csv.DictReader(io.StringIO(RAW)))
print(rows)
for row in csv.reader(RAW.splitlines()):
    print(row)
reader = csv.reader(io.StringIO("a;b\n1;2\n;\n"), delimiter=";")
header = next(reader)
print(header, [r for r in reader])
out = io.StringIO()
writer = csv.writer(out, lineterminator="\n")
writer.writerow(["a", "b,c", 3])
writer.writerows([[1, 'say "hi"'], [None, 2.5]])
print(out.getvalue(), end="")
w = csv.DictWriter(out, fieldnames=["x", "y"])
w.writeheader()
for rec in [{"x": 1, "y": 2}, {"x": 3, "y": "q"}]:
    w.writerow(rec)
print(repr(out.getvalue()[-20:]))
buf = io.StringIO()
print("hello", 1, file=buf)
buf.write("two\n")
buf.seek(0)
for line in buf:
    print("line:", line.rstrip())
