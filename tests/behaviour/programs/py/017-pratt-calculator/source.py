"""Calculator language: tokenizer, Pratt parser, tree-walking evaluator."""
from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Union

TOKEN = re.compile(r"\s*(?:(?P<num>\d+(?:\.\d+)?)|(?P<name>[a-z_]\w*)|(?P<op>\*\*|[-+*/%()=!]))")


@dataclass(frozen=True)
class Num:
    value: float


@dataclass(frozen=True)
class Var:
    name: str


@dataclass(frozen=True)
class Unary:
    op: str
    arg: Expr


@dataclass(frozen=True)
class Binary:
    op: str
    left: Expr
    right: Expr


Expr = Union[Num, Var, Unary, Binary]

# operator -> (left binding power, right binding power)
INFIX = {"=": (2, 1), "+": (3, 4), "-": (3, 4), "*": (5, 6), "/": (5, 6), "%": (5, 6), "**": (10, 9)}


def tokenize(text: str) -> list[str]:
    pos, out = 0, []
    text = text.rstrip()
    while pos < len(text):
        m = TOKEN.match(text, pos)
        if not m:
            raise SyntaxError(f"bad character {text[pos:].lstrip()[0]!r}")
        out.append(m[m.lastgroup])
        pos = m.end()
    return out + ["<end>"]


class Parser:
    def __init__(self, text: str):
        self.tokens = tokenize(text)[::-1]

    def peek(self) -> str:
        return self.tokens[-1]

    def expect(self, tok: str) -> None:
        if (got := self.tokens.pop()) != tok:
            raise SyntaxError(f"expected {tok}, got {got}")

    def expr(self, min_bp: int = 0) -> Expr:
        left = self.atom()
        while True:
            op = self.peek()
            if op == "!":
                self.tokens.pop()
                left = Unary("!", left)
                continue
            lbp, rbp = INFIX.get(op, (-1, -1))
            if lbp < min_bp:
                return left
            self.tokens.pop()
            left = Binary(op, left, self.expr(rbp))

    def atom(self) -> Expr:
        tok = self.tokens.pop()
        if tok == "(":
            inner = self.expr()
            self.expect(")")
            return inner
        if tok == "-":
            return Unary("-", self.expr(7))
        if tok[0].isdigit():
            return Num(float(tok))
        if tok.isidentifier():
            return Var(tok)
        raise SyntaxError(f"unexpected {tok}")


def evaluate(e: Expr, env: dict[str, float]) -> float:
    match e:
        case Num(v): return v
        case Var(name): return env[name]
        case Unary("-", a): return -evaluate(a, env)
        case Unary("!", a): return float(math.factorial(int(evaluate(a, env))))
        case Binary("=", Var(name), rhs):
            env[name] = evaluate(rhs, env)
            return env[name]
        case Binary("=", _, _): raise TypeError("cannot assign to that")
        case Binary("/", a, b): return evaluate(a, env) / evaluate(b, env)
        case Binary(op, a, b):
            fn = {"+": "__add__", "-": "__sub__", "*": "__mul__", "%": "__mod__", "**": "__pow__"}[op]
            return getattr(evaluate(a, env), fn)(evaluate(b, env))


env = {"pi": math.pi}
for src in ["1 + 2 * 3", "-2 ** 2", "2 ** 3 ** 2", "x = y = 5", "x * (y - 7)", "5! / 3!", "-x!",
            "10 % 4 + pi", "1 / (x - y)", "3 +", "(1", "2 $ 3", "zz + 1", "1 = 2"]:
    try:
        p = Parser(src)
        tree = p.expr()
        p.expect("<end>")
        print(f"{src:<24} = {evaluate(tree, env):.6g}")
    except (SyntaxError, TypeError, KeyError, ZeroDivisionError) as err:
        print(f"{src:<24} ! {type(err).__name__}: {err}")
