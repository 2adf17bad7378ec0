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
        self.uses = []  # what main may do with the declarations above it
        self.errors = []
        self.worker_name = None

    def pick(self, items):
        return self.rng.choice(list(items))

    def chance(self, share):
        return self.rng.random() < share

    def emit(self, line):
        self.lines.append(self.indentation * self.depth + line)

    def fresh(self):
        self.counter += 1
        return f"{self.pick(self.names)}{self.counter}"

    def fresh_number(self):
        self.counter += 1
        return self.counter

    def use(self, write):
        self.uses.append(write)

    def lines_of(self, *lines):
        for line in lines:
            self.emit(line)

    def declarations(self, topics, count):
        for topic in self.rng.sample(topics, count):
            getattr(self, f"declare_{topic}")()

    def topics(self, names, prefix):
        return [name for name in names if hasattr(self, prefix + name)]

    def any_value(self, deep=1):
        return self.pick([self.number, self.number, self.text, self.text, self.flag])(deep)

    def block(self, size):
        self.depth += 1
        self.scopes.append({})
        for _ in range(size):
            self.statement()
        self.scopes.pop()
        self.depth -= 1
