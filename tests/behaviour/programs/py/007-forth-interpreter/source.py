"""A little Forth: integers, a data stack, colon definitions, if/else/then, begin/until."""
import operator
import sys


class ForthError(Exception):
    pass


class Forth:
    def __init__(self, out=sys.stdout):
        self.stack = []
        self.out = out
        self.words = {
            "+": self.binary(operator.add),
            "-": self.binary(operator.sub),
            "*": self.binary(operator.mul),
            "/": self.binary(operator.floordiv),
            "mod": self.binary(operator.mod),
            "=": self.binary(lambda a, b: -int(a == b)),
            "<": self.binary(lambda a, b: -int(a < b)),
            "dup": lambda: self.push(self.peek(0)),
            "drop": self.pop,
            "swap": lambda: self.push(*[self.pop(), self.pop()]),
            ".": lambda: self.out.write(f"{self.pop()} "),
            "cr": lambda: self.out.write("\n"),
            "emit": lambda: self.out.write(chr(self.pop())),
            ".s": lambda: self.out.write(f"<{len(self.stack)}> {' '.join(map(str, self.stack))} "),
        }

    def push(self, *values):
        self.stack.extend(values)

    def pop(self):
        if not self.stack:
            raise ForthError("stack underflow")
        return self.stack.pop()

    def peek(self, depth):
        if depth >= len(self.stack):
            raise ForthError("stack underflow")
        return self.stack[-1 - depth]

    def binary(self, fn):
        def word():
            b, a = self.pop(), self.pop()
            try:
                self.push(fn(a, b))
            except ZeroDivisionError:
                raise ForthError("division by zero") from None
        return word

    def compile(self, tokens, *closers):
        code = []
        for tok in tokens:
            if tok in closers:
                return code, tok
            if tok == ":":
                name = next(tokens)
                self.words[name] = None  # allow recursion
                body, _ = self.compile(tokens, ";")
                self.words[name] = body
            elif tok == "if":
                yes, end = self.compile(tokens, "else", "then")
                no = self.compile(tokens, "then")[0] if end == "else" else []
                code.append(("if", yes, no))
            elif tok == "begin":
                code.append(("until", self.compile(tokens, "until")[0]))
            elif tok in self.words:
                code.append(("call", tok))
            else:
                try:
                    code.append(("lit", int(tok)))
                except ValueError:
                    raise ForthError(f"unknown word {tok!r}") from None
        if closers:
            raise ForthError(f"missing {closers[-1]}")
        return code, None

    def run(self, code):
        for op, *args in code:
            match op:
                case "lit":
                    self.push(args[0])
                case "call":
                    word = self.words[args[0]]
                    word() if callable(word) else self.run(word)
                case "if":
                    self.run(args[0] if self.pop() else args[1])
                case "until":
                    while True:
                        self.run(args[0])
                        if self.pop():
                            break

    def eval(self, line):
        print(f"> {line}")
        try:
            self.run(self.compile(iter(line.split()))[0])
            self.out.write("ok\n")
        except ForthError as e:
            self.stack.clear()
            self.out.write(f"error: {e}\n")


if __name__ == "__main__":
    f = Forth()
    for line in """\
1 2 3 .s + * .
: square dup * ;
: fact dup 2 < if drop 1 else dup 1 - fact * then ;
7 square . 10 fact . 20 fact .
: countdown begin dup . 1 - dup 0 = until drop ;
5 countdown
72 emit 105 emit cr 17 5 mod . -7 2 / .
drop drop drop drop
1 0 /
3 frobnicate
: oops 1 if 2 ;""".splitlines():
        f.eval(line)
