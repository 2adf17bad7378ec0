"""What the writers of random programs share: choices from one generator, indentation, names and scopes."""

WORDS = "red green blue north south apple pear plum kite lamp river stone".split()


class Writer:
    """Lines of a program under construction. All choices come from the generator that was given."""

    names = ()
    indentation = "    "

    def __init__(self, rng):
        self.rng = rng
        self.scopes = [{}]
        self.functions = {}
        self.classes = []
        self.lines = []
        self.depth = 0
        self.counter = 0
        self.is_async = False

    def pick(self, items):
        return self.rng.choice(list(items))

    def chance(self, share):
        return self.rng.random() < share

    def emit(self, line):
        self.lines.append(self.indentation * self.depth + line)

    def fresh(self):
        self.counter += 1
        return f"{self.pick(self.names)}{self.counter}"

    def any_value(self, deep=1):
        return self.pick([self.number, self.number, self.text, self.text, self.flag])(deep)

    def block(self, size):
        self.depth += 1
        self.scopes.append({})
        for _ in range(size):
            self.statement()
        self.scopes.pop()
        self.depth -= 1
