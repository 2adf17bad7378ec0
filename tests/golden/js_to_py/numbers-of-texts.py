import math
import os
import re


def parse_int(value, default=math.nan):
    """Read the whole number that a text starts with, `default` if there is none."""
    match = re.match(r"\s*[+-]?\d+", str(value))
    return int(match[0]) if match else default


def parse_number(text, default=math.nan):
    """Read a text as a number, `default` if it is none; whole numbers are ints."""
    text = str(text).strip() or "0"
    pattern = r"[+-]?(\d+\.?\d*|\.\d+|Infinity)([eE][+-]?\d+)?"
    if not re.fullmatch(pattern, text):
        return default
    number = float(text)
    return int(number) if number.is_integer() else number


def to_precision(number, digits):
    """Show a number with that many significant digits."""
    mantissa, exponent = f"{number:.{digits - 1}e}".split("e")
    if -7 < int(exponent) < digits:
        return f"{number:.{digits - 1 - int(exponent)}f}"
    return f"{mantissa}e{int(exponent):+d}"


# Settings out of texts: what is no number becomes a default or is reported.
port = parse_int(os.environ.get("SERVICE_PORT"), 0) or 3000


def quantity(text):
    n = parse_number(text)
    if math.isnan(n):
        return "not a number"
    if not float(n).is_integer():
        return f"{n} is not whole"
    return n


width, height = re.search(r"(\d+)x(\d+)", "12x4").groups()
print(port, quantity("7"), quantity("7.5"), quantity("seven"))
print(int(width) * int(height), [parse_number(item) for item in "1,2,x".split(",")])
print(to_precision(1234.5678, 3), port != port)
