"""Tests the runner itself: what counts as the same, how outcomes are told apart, what is left behind.

The translator is replaced by a small script that misbehaves on demand; both runtimes are real.
Example: tests/behaviour/run --self-test prints `N passed, N failed`.
"""

import concurrent.futures
import os
import re
import shutil
import stat
import sys
import tempfile
from collections import Counter
from pathlib import Path

import cases
import diagnostics
import processes
import report
import runner as behaviour
from normalise import compare

SAME = [
    ("true", "True"), ("false\n", "False"), ("null", "None"), ("undefined", "None"), ("NaN", "nan"),
    ("-Infinity", "-inf"), ("1", "1.0"), ("[ 1, 2, 3 ]", "[1, 2, 3]"), ("[ 1, 2 ]", "(1, 2)"),
    ("[ 1 ]", "(1,)"), ("{ a: 1 }", "{'a': 1}"), ("r: [ 1, 2 ]", "r: (1, 2)"), ("{ '1': 'a' }", "{1: 'a'}"),
    ("{ a: 1, b: { c: 'x' } }", "{'a': 1, 'b': {'c': 'x'}}"), ("x { a: undefined }", "x {'a': None}"),
    ("[ 'a', \"it's\" ]", "['a', \"it's\"]"), ("{ userId: 1 }", "{'user_id': 1}"), ("[ true, null ]", "[True, None]"),
    ("Map(2) { 'a' => 1, 'b' => 2 }", "{'a': 1, 'b': 2}"), ("Set(2) { 1, 2 }", "{1, 2}"), ("Set(0) {}", "set()"),
    ("Foo { a: 1 }", "{'a': 1}"), ("Foo { a: 1, b: 'x' }", "Foo(a=1, b='x')"), ("Foo {}", "Foo()"),
    ("[Object: null prototype] { a: 1 }", "{'a': 1}"), ("[Map Iterator] { 'a', 'b' }", "dict_keys(['a', 'b'])"),
    ("[ { status: 'fulfilled', value: 1 } ]", "[{'status': 'fulfilled', 'value': 1}]"), ("a\nb\n\n", "a\nb"),
    ("1e-7", "1e-07"), ("1e+21", "1000000000000000000000"), ("123n", "123"), ("-0", "0"), ("[ -0 ]", "[-0.0]"),
    ("15511210043330986e9", "15511210043330986000000000"), ("9007199254740993n", "9007199254740993"),
    ("0.8414709848078965", "0.8414709848078966"), ("Error: boom", "Exception: boom"),
    ("RangeError: x", "ValueError: x"), ("{\n  a: 1,\n  b: [\n    1, 2\n  ]\n}", "{'a': 1, 'b': [1, 2]}"),
    ("[\n   1,  2,  3,\n   4\n]\ndone", "[1, 2, 3, 4]\ndone"), ("Array(3) [ 1, 2, 3 ]", "[1, 2, 3]"),
    ("{\n  t: 'aaa\\n' +\n    'bbb'\n}", "{'t': 'aaa\\nbbb'}"), ("Ring(2) [ 1, 2 ]", "[1, 2]"),
    ("[ 'a', 'b' ]", "deque(['a', 'b'])"), ('{"a":1,"b":[true]}', '{"a": 1, "b": [true]}'), ("  x", "  x"),
    ("\x1b[33m1\x1b[39m", "1"), ("[ 1.5, 'a' ]", "[1.5, 'a']"), ("don't stop", "don't stop"),
    ("Foo(1) [Map] { 'a' => 1 }", "{'a': 1}"), ("a\r\nb", "a\nb"), ("[ 'a' ]", "deque(['a'], maxlen=3)"),
    ("Set(1) { 'a' }", "frozenset({'a'})"), ("AbortError", "CancelledError"),
]  # fmt: skip
DIFFERENT = [
    ("1", "2"), ("1", "'1'"), ("[ 1 ]", "[ '1' ]"), ("a", "'a'"), ("a", "A"), ("[ 1, 2 ]", "[ 2, 1 ]"), ("[]", "{}"),
    ("a\nb", "b\na"), ("a\nb", "a b"), ("a", ""), ("a\nb", "a"), ("a", "a\na"), ("true", "1"), ("true", "'True'"),
    ("[ 'true' ]", "[ 'True' ]"), ("null", "false"), ("2.00", "2"), ("1.50", "1.5"), ("0.1", "0.10000001"),
    ("007", "7"), ("{ a: 1 }", "{ b: 1 }"), ("{ a: 1 }", "{ a: 2 }"), ("{ a: 1 }", "{ a: '1' }"),
    ("{ a: 1, b: 2 }", "{ b: 2, a: 1 }"), ("userId", "user_id"), ("[ 'userId' ]", "['user_id']"),
    ("Set(2) { 1, 2 }", "{2, 1}"), ("Set(2) { 1, 2 }", "{1, 2, 3}"), ("Map(1) { 'a' => 1 }", "{'a': 2}"),
    ("1,2,3", "[1, 2, 3]"), ("1,2", "1, 2"), ("9007199254740993n", "9007199254740992"), ("1e+21", "1e+22"),
    ("Error: a", "Error: b"), ("Error: a", "TypeError: a"), ("  x", "x"), ("a    b", "a b"), ("ab", "a b"),
    ("Promise { 1 }", "<Future finished>"), ("Promise { 1 }", "{1}"), ("x: 1", "x 1"), ("a\n\nb", "a\nb"),
    ("1.7976931348623157e+308", "1.7976931348623157e+309"), ("Foo { a: 1 }", "<__main__.Foo object at 0x7f00>"),
    ("[ [ 1 ], 2 ]", "[ 1, 2 ]"), ("1.2.3", "1.2.30"), ("NaN", "0"), ("-1", "1"), ("{ a: [] }", "{'a': {}}"),
    ("{\n  a: 1,\n  b: 2\n}\ndone", "{'a': 1, 'b': 3}\ndone"), ("{\n  a: 1,\n  b: 2\n}\ndone", "{'a': 1, 'b': 2}"),
    ("undefined", "undefine"), ("0.30000000000000004", "0.3"), ("[ 'a b' ]", "['a  b']"), ("inf", "info"),
]  # fmt: skip
LEVELS = [
    ('{"schema": 1, "diagnostics": [{"id": "x", "level": "error"}]}', ["error"]),
    ('{"schema": 1, "diagnostics": [{"id": "x", "level": "info"}]}', ["info"]),
    ('{"schema": 1, "diagnostics": []}', []),
    ("", []), ("a.js:3:1: error: no", ["error"]), ("error[E001]: no", ["error"]), ("ERROR: x", ["error"]),
    ("x.js:1: warning: the error is fine", ["warning"]), ("note: no error here", []),
    ("warning: 0 errors", ["warning"]),
    ("x/source.js:3:1: error[a-b]: bad", ["error"]), ("0 errors, 1 warning", []),
]  # fmt: skip

JS = "console.log([1, 2]); setTimeout(() => console.log(true), 5)"
GOOD = "print([1, 2])\nprint(True)\n"
WRONG = "print([1, 3])\nprint(True)\n"
JSON_ERROR = '{"schema": 1, "diagnostics": [{"id": "unsupported", "level": "error"}]}'
JSON_WARNING = '{"schema": 1, "diagnostics": [{"id": "timer-range", "level": "warning"}]}'
# Name: (source language, source, what the translator prints, its standard error, exit status, outcome).
PROGRAMS = {
    "pass": ("js", JS, GOOD, "", 0, behaviour.PASS),
    "pass-with-error": ("js", JS, GOOD, JSON_ERROR, 1, behaviour.PASS),
    "pass-with-warning": ("js", JS, GOOD, JSON_WARNING, 0, behaviour.PASS),
    "wrong": ("js", JS, WRONG, "", 0, behaviour.SOMETHING_ELSE),
    "wrong-order": ("js", JS, "print(True)\nprint([1, 2])\n", "", 0, behaviour.SOMETHING_ELSE),
    "wrong-exit-1": ("js", JS, WRONG, "", 1, behaviour.SOMETHING_ELSE),
    "wrong-with-error": ("js", JS, WRONG, JSON_ERROR, 0, behaviour.SOMETHING_ELSE),
    "wrong-with-warning": ("js", JS, WRONG, JSON_WARNING, 0, behaviour.SOMETHING_ELSE),
    "does-not-parse": ("js", JS, "print([1, 2)", "", 0, behaviour.DOES_NOT_PARSE),
    "raises": ("js", JS, "raise ValueError('x')", "", 0, behaviour.RAISES),
    "hangs": ("js", JS, "import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\ntime.sleep(60)", "", 0,
              behaviour.RAISES),
    "hangs-in-child": ("js", JS, "import subprocess, time\nsubprocess.Popen(['sleep', '61'])\ntime.sleep(60)", "", 0,
                       behaviour.RAISES),
    "child-in-own-session": ("js", JS, "import subprocess, time\n"
                             "subprocess.Popen(['sleep', '62'], start_new_session=True)\ntime.sleep(60)", "", 0,
                             behaviour.RAISES),
    "floods": ("js", JS, "while True: print('x' * 1000)", "", 0, behaviour.RAISES),
    "empty": ("js", JS, "", "", 0, behaviour.NO_OUTPUT),
    "exit-2": ("js", JS, GOOD, "", 2, behaviour.NO_OUTPUT),
    "refused": ("js", JS, "", JSON_ERROR, 1, behaviour.NO_OUTPUT),
    "source-fails": ("js", "throw new Error('x')", GOOD, "", 0, behaviour.BAD_PAIR),
    "python": ("py", "print([1, None])", "console.log([1, null])", "", 0, behaviour.PASS),
    "module": ("py", "print(True)",
               "import { setTimeout as s } from 'node:timers/promises'; await s(1); console.log(true)", "",
               0, behaviour.PASS),
    "not-javascript": ("py", "print(True)", "const x = ;", "", 0, behaviour.DOES_NOT_PARSE),
    "stdin": ("py", "print(input())", "process.stdin.on('data', (d) => console.log(String(d).trim()))", "", 0,
              behaviour.PASS),
    "data-file": ("py", "print(open('data.csv').read())",
                  "console.log(require('fs').readFileSync('data.csv', 'utf8'))", "", 0, behaviour.PASS),
}  # fmt: skip
FAKE = """#!{python}
import sys
from pathlib import Path
source = Path(sys.argv[1])
case = next(p for p in Path({root!r}).iterdir() if p.is_dir() and any(
    f.read_bytes() == source.read_bytes() and f.name == source.name for f in p.glob('source.*')))
sys.stdout.write((case / 'answer').read_text()); sys.stderr.write((case / 'said').read_text())
sys.exit(int((case / 'status').read_text()))
"""


class Checks:
    def __init__(self):
        self.passed = self.failed = 0

    def that(self, ok, what):
        self.passed += bool(ok)
        self.failed += not ok
        if not ok:
            print("FAIL", what)


def make_pairs(root):
    """The pairs of PROGRAMS; each source gets a comment, so that the fake knows it by content."""
    for name, (language, source, answer, said, status, _) in PROGRAMS.items():
        folder = root / "fake" / name
        folder.mkdir(parents=True)
        mark = f"// {name}\n" if language == "js" else f"# {name}\n"
        (folder / f"source.{language}").write_text(mark + source)
        if name == "stdin":
            (folder / "stdin.txt").write_text("hello\n")
        if name == "data-file":
            (folder / "data.csv").write_text("a;b\n")
        behind = root / "answers" / name
        behind.mkdir(parents=True)
        shutil.copy(folder / f"source.{language}", behind)
        for file, text in (("answer", answer), ("said", said), ("status", str(status))):
            (behind / file).write_text(text)
    fake = root / "asyncport"
    fake.write_text(FAKE.format(python=sys.executable, root=str(root / "answers")))
    fake.chmod(fake.stat().st_mode | stat.S_IXUSR)
    return fake


def left_running():
    """Processes that still carry this runner's mark."""
    mark = f"{processes.MARK}={os.getpid()}-".encode()
    found = []
    for path in Path("/proc").iterdir():
        if path.name.isdigit() and int(path.name) != os.getpid():
            try:
                if mark in (path / "environ").read_bytes():
                    found.append(path.name)
            except OSError:
                pass
    return found


def check_outcomes(checks, root):
    fake = make_pairs(root)
    found = cases.find([root / "fake"])
    checks.that(len(found) == len(PROGRAMS), f"finds {len(PROGRAMS)} pairs, found {len(found)}")
    settings = behaviour.Settings(asyncport=fake, timeout=3.0, cache=root / "cache")
    before = left_running()
    tested = behaviour.Runner(settings)
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        results = {r.name.removeprefix("fake/"): r for r in pool.map(tested.check, found)}
    for name, (*_, outcome) in PROGRAMS.items():
        got = results[name]
        checks.that(got.outcome == outcome, f"{name}: want {outcome!r}, got {got.outcome!r} ({got.detail})")
    silent = sorted(name for name, r in results.items() if r.silently_wrong)
    checks.that(silent == ["wrong", "wrong-order"], f"silently wrong: {silent}")
    checks.that(results["wrong-with-error"].ids == ["unsupported"], "the ids of diagnostics are kept")
    checks.that(results["wrong"].retried, "a program that waits is tried again")
    numbers = report.count(list(results.values()))
    checks.that(numbers["passed_but_warned"] == 1 and numbers["passed_but_flagged"] == 1, f"counts {numbers}")
    again = behaviour.Runner(settings)
    passing = ("fake/pass", "fake/module", "fake/stdin", "fake/data-file")
    repeated = [again.check(c).outcome for c in found if c.name in passing]
    checks.that(repeated == [behaviour.PASS] * 4, f"the same from the cache: {repeated}")
    listed = list(
        report.required_problems(list(results.values()), ["fake/pass", "fake/wrong", "fake/gone"], True)
    )
    checks.that(len(listed) == 2, f"--require names what fails and what is missing: {listed}")
    left = [p for p in left_running() if p not in before]
    checks.that(not left, f"processes left behind: {left}")


def main():
    checks = Checks()
    for a, b in SAME:
        checks.that(compare(a, b) is None and compare(b, a) is None, f"should be the same: {a!r} {b!r}")
    for a, b in DIFFERENT:
        checks.that(compare(a, b) is not None and compare(b, a) is not None, f"should differ: {a!r} {b!r}")
    for text, levels in LEVELS:
        got = diagnostics.levels(text)
        checks.that(got == levels, f"levels of {text!r}: want {levels}, got {got}")
    root = Path(tempfile.mkdtemp(prefix="asyncport-self-test-"))
    try:
        check_outcomes(checks, root)
        names = root / "names.txt"
        names.write_text("# head\nb/2\n")
        cases.write_list(names, [*cases.read_list(names), "a/1"])
        checks.that(names.read_text() == "# head\na/1\nb/2\n", "a list keeps its head and is sorted")
    finally:
        shutil.rmtree(root, ignore_errors=True)
    print(f"{checks.passed} passed, {checks.failed} failed")
    return 1 if checks.failed else 0


def mutations(text):
    """Ways in which an output can be wrong; the comparison must notice each."""
    lines = text.split("\n")
    while lines and not lines[-1].strip():
        lines.pop()
    if lines:
        yield "last line missing", "\n".join(lines[:-1])
        yield "a line more", "\n".join([*lines, "x"])
        yield "nothing", ""
    for at, (first, second) in enumerate(zip(lines, lines[1:])):
        if first.strip() and second.strip() and first.strip() != second.strip():
            yield "two lines swapped", "\n".join([*lines[:at], second, first, *lines[at + 2 :]])
            break
    swap = {"true": "false", "false": "true", "True": "False", "False": "True"}
    for kind, pattern, change in (
        ("a number off by one", r"(?<![\w.])\d{1,15}(?![\w.])", lambda m: str(int(m) + 1)),
        ("a constant flipped", r"\b(?:true|false|True|False)\b", swap.get),
        ("a word changed", r"[A-Za-z]{3,}", lambda m: m + "q"),
        ("a list emptied", r"\[ *[^\[\]\n]+? *\]", lambda m: "[]"),
    ):
        match = re.search(pattern, text)
        if match:
            yield kind, text[: match.start()] + change(match.group()) + text[match.end() :]


def mutation_check(tested, selected):
    tried, accepted = Counter(), Counter()
    for case in selected:
        expected, problem = tested.expected(case)
        if problem:
            print(f"FAIL {case.name}: {problem}")
            accepted["source fails"] += 1
            continue
        if compare(expected, expected) is not None:
            print(f"FAIL {case.name}: differs from itself")
            accepted["differs from itself"] += 1
        for kind, damaged in mutations(expected):
            tried[kind] += 1
            if compare(expected, damaged) is None:
                accepted[kind] += 1
                print(f"FAIL {case.name}: not noticed: {kind}")
    for kind in sorted(tried):
        print(f"{kind}: {tried[kind] - accepted[kind]} of {tried[kind]} noticed")
    failed = sum(accepted.values())
    print(f"{sum(tried.values()) - failed} passed, {failed} failed")
    return 1 if failed else 0
