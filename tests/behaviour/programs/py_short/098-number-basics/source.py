from decimal import Decimal, ROUND_HALF_UP
from fractions import Fraction
import math

print(7 // 2, -7 // 2, 7 % 3, -7 % 3, divmod(17, 5), 2 ** 100)
print(round(2.5), round(3.5), round(2.675, 2), round(1234, -2))
print(0.1 + 0.2, math.isclose(0.1 + 0.2, 0.3), 1e16, 1 / 3)
print(int("ff", 16), bin(10), hex(255), oct(8), int(-3.9), float("1e3"))
print(Decimal("0.1") + Decimal("0.2"), Decimal("2.675").quantize(Decimal("0.01"), ROUND_HALF_UP))
print(Fraction(1, 3) + Fraction(1, 6), Fraction("0.125"))
print(math.gcd(12, 18), math.comb(5, 2), math.isqrt(50), math.floor(-1.5), math.prod([2, 3, 4]))
print(True + True, isinstance(True, int), 5 & 3, 5 | 3, 5 ^ 3, ~5, 1 << 10)
print((1 + 2j) * (3 - 1j), abs(3 + 4j), pow(3, 200, 13), (10).bit_length())
