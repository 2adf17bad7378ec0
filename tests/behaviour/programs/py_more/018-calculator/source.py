import operator
import re

TOKEN = re.compile(r"\s*(?:(\d+\.?\d*)|(.))")
OPS = {"+": (1, operator.add), "-": (1, operator.sub), "*": (2, operator.mul), "/": (2, operator.truediv), "^": (3, operator.pow)}


class ParseError(Exception):
    ...


def tokenize(src):
    for number, op in TOKEN.findall(src):
        if number:
            yield float(number) if "." in number else int(number)
        elif op.isalpha() or op in "+-*/^()=":
            yield op
        else:
            raise ParseError(f"unexpected {op!r}")


class Parser:
    def __init__(self, src, env):
        self.tokens = list(tokenize(src))
        self.pos = 0
        self.env = env

    @property
    def current(self):
        return self.tokens[self.pos] if self.pos < len(self.tokens) else None

    def advance(self):
        tok = self.current
        self.pos += 1
        return tok

    def statement(self):
        if len(self.tokens) > 2 and self.tokens[1] == "=":
            name = self.advance()
            self.advance()
            self.env[name] = value = self.expr()
            return value
        value = self.expr()
        if self.current is not None:
            raise ParseError(f"trailing {self.current}")
        return value

    def expr(self, min_prec=1):
        left = self.atom()
        while self.current in OPS and OPS[self.current][0] >= min_prec:
            op = self.advance()
            prec, fn = OPS[op]
            right = self.expr(prec if op == "^" else prec + 1)
            left = fn(left, right)
        return left

    def atom(self):
        tok = self.advance()
        if tok == "(":
            value = self.expr()
            if self.advance() != ")":
                raise ParseError("expected )")
            return value
        if tok == "-":
            return -self.atom()
        if isinstance(tok, (int, float)):
            return tok
        if tok in self.env:
            return self.env[tok]
        raise ParseError(f"unknown {tok!r}")


env = {}
for line in ["1 + 2 * 3", "x = 2 ^ 3 ^ 2", "x / 10", "(1 + 2", "y + 1", "-(4 - 6) * 2.5", "3 $ 4", "1 / 0", "2 2"]:
    try:
        print(f"{line:<16} = {Parser(line, env).statement()}")
    except ParseError as e:
        print(f"{line:<16} ! {e}")
    except ZeroDivisionError:
        print(f"{line:<16} ! division by zero")
print(env)
