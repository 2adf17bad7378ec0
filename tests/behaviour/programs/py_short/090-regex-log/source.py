import re

LOG = """\
2024-01-05 ERROR disk full on /dev/sda1
2024-01-06 INFO backup of 3 files done
2024-02-01 ERROR timeout after 30 s"""

LINE = re.compile(r"^(?P<date>\d{4}-\d\d-\d\d) (?P<level>[A-Z]+) (?P<msg>.*)$", re.M)

for m in LINE.finditer(LOG):
    print(m["level"].ljust(6), m.group("msg"), m.span("date"))
print(re.findall(r"\b\d+\b(?!-)", "3 files, 30 s, 2024-01"))
print(re.sub(r"(\d+)-(\d+)-(\d+)", r"\3.\2.\1", "due 2024-01-05"))
print(re.sub(r"[aeiou]", lambda m: m[0].upper(), "regular"))
print(re.split(r"[;,\s]\s*", "a; b,c  d"))
print(bool(re.fullmatch(r"[\w.]+@\w+\.\w{2,}", "me.too@site.org")), re.match("b", "abc"))
