from datetime import date

name, pi, big = "Ada", 3.14159265, 1234567.891
print(f"{name!r:>10}|{name:<6}|{name:^7}|{name:*^9}")
print(f"{pi:.2f} {pi:8.3f} {pi:+.1f} {pi:e} {pi:g}")
print(f"{big:,.2f} {int(big):_} {0.256:.1%}")
print(f"{255:b} {255:o} {255:x} {255:#X} {255:08b}")
width, prec = 10, 4
print(f"[{pi:{width}.{prec}}] [{-5:05d}] [{5:=+6d}]")
print(f"{name=} {len(name)=} {pi + 1=:.3f}")
print(f"{{literal}} {'nested ' + name}")
print(f"{date(2024, 2, 29):%d/%m/%Y}")
print("{0} {1} {0} {key}".format("a", "b", key="c"), "%s-%03d-%.1f" % ("x", 7, 2.55))
