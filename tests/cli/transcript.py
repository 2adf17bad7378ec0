"""Reads transcripts: files that say what is typed, and what must come out. Runs nothing.

    ## a name is translated                        starts a case
    file a.js                                      a file; its lines follow
    | const userId = 1;
    bytes b.js b"\\xff\\xfe" + "let x".encode()    a file of any bytes, as a Python expression
    $ asyncport a.js --to py                       a command; what follows is expected of it
    exit 0
    stdout                                         exactly these lines
    | user_id = 1
    stderr is empty

Before a `$` line: `folder NAME`, `stdin` (lines or `stdin bytes EXPRESSION`), `stdout to unread`
(nobody reads), `stdout to closed` (there is none), `stdout to full` (the disk is full), `unless root`. After it: `exit N`, and for
`stdout`, `stderr` or `written NAME` one of: lines, `is empty`, `has TEXT`, `lacks TEXT`,
`matches REGEX`, `bytes EXPRESSION`, `is json`; also `no file NAME` and `seconds N`. `#` starts a comment line.

Example: parse("x.txt", text)[0].steps[0].command == ["asyncport", "a.js", "--to", "py"]
"""

import shlex
from dataclasses import dataclass, field


class Mistake(Exception):
    """A transcript that cannot be read."""


@dataclass
class Expectation:
    where: str  # stdout, stderr, or the name of a written file
    how: str  # equal, has, lacks, matches, json
    what: bytes | str
    line: int


@dataclass
class Step:
    line: int
    command: list
    stdin: bytes = b""
    stdout_to: str | None = None  # unread, closed, full
    exit: int | None = None
    seconds: float | None = None
    expected: list = field(default_factory=list)
    missing: list = field(default_factory=list)  # files that must not be there


@dataclass
class Case:
    name: str
    line: int
    files: dict = field(default_factory=dict)
    folders: list = field(default_factory=list)
    steps: list = field(default_factory=list)
    unless_root: bool = False


def evaluate(expression):
    """Bytes of a Python expression, which only literals and a few helpers may use."""
    value = eval(
        expression, {"__builtins__": {}, "range": range, "str": str, "bytes": bytes, "join": "".join}
    )
    return value.encode("utf-8") if isinstance(value, str) else bytes(value)


class Reader:
    def __init__(self, path, text):
        self.path, self.lines, self.at = path, text.split("\n"), 0
        self.cases = []
        self.next_stdin, self.next_stdout_to = b"", None

    def fail(self, why):
        raise Mistake(f"{self.path}:{self.at}: {why}")

    def block(self):
        """The `| ` lines that follow, as one text."""
        out = []
        while self.at < len(self.lines) and self.lines[self.at].startswith("|"):
            line = self.lines[self.at]
            out.append(line[2:] if line.startswith("| ") else line[1:])
            self.at += 1
        return "".join(line + "\n" for line in out).encode("utf-8")

    @property
    def case(self):
        if not self.cases:
            self.fail("a case starts with `## NAME`")
        return self.cases[-1]

    @property
    def step(self):
        if not self.case.steps:
            self.fail("no command yet: `$ asyncport ...`")
        return self.case.steps[-1]

    def read(self):
        while self.at < len(self.lines):
            line = self.lines[self.at].rstrip()
            self.at += 1
            if line.startswith("## "):
                self.cases.append(Case(line[3:], self.at))
            elif line.startswith("$ "):
                step = Step(self.at, shlex.split(line[2:]), self.next_stdin, self.next_stdout_to)
                self.next_stdin, self.next_stdout_to = b"", None
                self.case.steps.append(step)
            elif line and not line.startswith("#"):
                word, _, rest = line.partition(" ")
                handler = getattr(self, f"on_{word}", None) or self.fail(f"unknown: {line}")
                handler(rest)
        return self.cases

    def on_file(self, rest):
        self.case.files[rest] = self.block()

    def on_bytes(self, rest):
        name, _, expression = rest.partition(" ")
        self.case.files[name] = evaluate(expression)

    def on_folder(self, rest):
        self.case.folders.append(rest)

    def on_unless(self, rest):
        if rest != "root":
            self.fail("only `unless root` is known")
        self.case.unless_root = True

    def on_stdin(self, rest):
        how, _, expression = rest.partition(" ")
        self.next_stdin = evaluate(expression) if how == "bytes" else self.block()

    def on_exit(self, rest):
        self.step.exit = int(rest)

    def on_seconds(self, rest):
        self.step.seconds = float(rest)

    def on_no(self, rest):
        self.step.missing.append(rest.removeprefix("file "))

    def on_stdout(self, rest):
        if rest.startswith("to "):
            self.next_stdout_to = rest[3:]
            if self.next_stdout_to not in ("unread", "closed", "full"):
                self.fail("stdout goes to `unread`, `closed` or `full`")
        else:
            self.expect("stdout", rest)

    def on_stderr(self, rest):
        self.expect("stderr", rest)

    def on_written(self, rest):
        name, _, how = rest.partition(" ")
        self.expect(name, how)

    def expect(self, where, rest):
        line = self.at
        how, _, what = rest.partition(" ")
        if not rest:
            how, what = "equal", self.block()
        elif rest == "is empty":
            how, what = "equal", b""
        elif rest == "is json":
            how, what = "json", b""
        elif how == "bytes":
            how, what = "equal", evaluate(what)
        elif how not in ("has", "lacks", "matches"):
            self.fail(f"unknown: {where} {rest}")
        self.step.expected.append(Expectation(where, how, what, line))


def parse(path, text):
    return Reader(path, text).read()
