"""Translates one pair, runs source and translation, and says how it ended.

The outcome of a pair is exactly one of OUTCOMES. 'honest' means that the translator exited with 1
or gave a diagnostic of level error; 'warned', that it gave one of level warning. A translation
that prints something else, and was neither, is silently wrong.

Example: Runner(Settings(asyncport=Path("build/release/asyncport"))).check(case).outcome == "pass"
"""

import re
import shutil
import subprocess
import sys
import tempfile
import warnings
from dataclasses import asdict, dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

import diagnostics
from cache import Cache
from normalise import compare
from processes import LARGEST_PYTHON, Finished, run

NO_OUTPUT = "no output"
DOES_NOT_PARSE = "does not parse"
RAISES = "raises"
SOMETHING_ELSE = "prints something else"
PASS = "pass"
BAD_PAIR = "source fails"  # the pair itself is at fault, not the translator
OUTCOMES = (NO_OUTPUT, DOES_NOT_PARSE, RAISES, SOMETHING_ELSE, BAD_PAIR, PASS)

# The first guess only: whether a program is a module is settled by what parses.
MODULE = re.compile(r"^\s*(import\s*[\w{*'\"]|export\s+[\w{*])", re.M)


@dataclass
class Settings:
    asyncport: Path
    timeout: float = 10.0
    retries: int = 1
    cache: Path | None = None
    keep: Path | None = None
    aliases: dict = field(default_factory=dict)  # codes of lessons.txt: ids of cards
    node: str = field(default_factory=lambda: shutil.which("node") or "node")
    python: str = sys.executable


@dataclass
class Result:
    name: str
    to: str
    outcome: str = NO_OUTPUT
    detail: str = ""
    honest: bool = False
    warned: bool = False
    retried: bool = False
    ids: list = field(default_factory=list)
    warnings: list = field(default_factory=list)  # ids of level warning
    errors: list = field(default_factory=list)  # texts of level error
    translation: str | None = None
    exit_code: int | None = None
    translate_seconds: float = 0.0
    # Lines shared with the model translation, lines of both; None without a model.
    equal_lines: tuple | None = None
    # Ids that the catalogue expects and that were given, only expected, only given; None where it expects nothing.
    lessons: dict | None = None

    @property
    def passed(self):
        return self.outcome == PASS

    @property
    def silently_wrong(self):
        return self.outcome == SOMETHING_ELSE and not self.honest and not self.warned

    def as_json(self):
        return {**asdict(self), "passed": self.passed, "silently_wrong": self.silently_wrong}


def python_problem(code):
    """Why the text is no Python program, or None."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(code, "main.py", "exec", dont_inherit=True)
        return None
    except (SyntaxError, ValueError, MemoryError, RecursionError, OverflowError) as problem:
        return f"{type(problem).__name__}: {problem}"


def write(path, text):
    with open(path, "w", encoding="utf-8", errors="surrogateescape", newline="") as file:
        file.write(text)


def read(path):
    with open(path, encoding="utf-8", errors="replace", newline="") as file:
        return file.read()


def failure_text(finished, language):
    """The line of a traceback that names the error."""
    lines = [line for line in finished.err.strip().split("\n") if line.strip()]
    if not lines:
        return f"exit {finished.code}"
    named = (line for line in lines if re.match(r"\S*Error\b", line))
    line = lines[-1] if language == "py" else next(named, lines[0])
    return f"exit {finished.code}: {line}"[:300]


class Runner:
    def __init__(self, settings):
        self.settings = settings
        self.cache = Cache(settings.cache)
        self.versions = {"py": sys.version, "js": self.version_of(settings.node)}

    @staticmethod
    def version_of(tool):
        try:
            return subprocess.run([tool, "--version"], capture_output=True, text=True, check=False).stdout
        except OSError:
            return ""

    # ------------------------------------------------------------ running programs

    def place(self, code, language, folder):
        """(path, problem): the program as a file that its runtime can parse."""
        if language == "py":
            path, problem = folder / "main.py", python_problem(code)
            write(path, code)
            return path, problem
        names = ["main.mjs", "main.js"] if MODULE.search(code) else ["main.js", "main.mjs"]
        first_problem = None
        for name in names:
            path = folder / name
            write(path, code)
            checked = run([self.settings.node, "--check", str(path)], folder, self.settings.timeout)
            if checked.code == 0:
                return path, None
            errors = [line for line in checked.err.split("\n") if "Error" in line]
            first_problem = (
                first_problem or (errors or [checked.err.strip()[:200] or "node --check failed"])[0]
            )
            path.unlink()
        return None, first_problem

    def execute(self, code, language, case, fresh=False):
        """(Finished, None) or (None, why it does not parse). Good runs come from the cache, unless `fresh`."""
        key = ["run", language, self.versions[language], code]
        for path in [case.stdin, *case.data_files()]:
            key += [path.name, path.read_bytes()] if path else ["no stdin"]
        known = None if fresh else self.cache.get(key)
        if known is not None:
            return Finished(0, known, "", False, 0.0), None
        folder = Path(tempfile.mkdtemp(prefix="asyncport-run-"))
        try:
            for path in case.data_files():
                shutil.copyfile(path, folder / path.name)
            path, problem = self.place(code, language, folder)
            if problem:
                return None, problem
            python = language == "py"
            command = [self.settings.python, "-B", str(path)] if python else [self.settings.node, str(path)]
            memory = LARGEST_PYTHON if python else None
            finished = run(command, folder, self.settings.timeout, case.stdin, memory)
            if finished.code == 0 and not finished.timed_out:
                self.cache.put(key, finished.out)
            return finished, None
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def expected(self, case):
        """(what the source prints, None) or (None, what is wrong with the pair)."""
        if case.expected:
            return read(case.expected), None
        finished, problem = self.execute(read(case.source), case.language, case)
        if problem:
            return None, f"the source does not parse: {problem}"
        if finished.timed_out:
            return None, f"the source runs past {self.settings.timeout:g} s"
        if finished.code:
            return None, f"the source fails: {failure_text(finished, case.language)}"
        return finished.out, None

    # ----------------------------------------------------------------- one pair

    def translate(self, case, result):
        """The translation, or None with the reason in `result`."""
        folder = Path(tempfile.mkdtemp(prefix="asyncport-translate-"))
        try:
            source = folder / case.source.name
            shutil.copyfile(case.source, source)
            command = [str(self.settings.asyncport), str(source), "--to", case.to, "--format", "json"]
            done = run(command, folder, self.settings.timeout)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        said = diagnostics.levels(done.err)
        result.exit_code, result.translate_seconds = done.code, done.seconds
        result.honest = done.code == 1 or "error" in said
        result.warned = "warning" in said
        result.ids = diagnostics.ids(done.err)
        result.warnings = diagnostics.ids(done.err, "warning")
        result.errors = diagnostics.messages(done.err, "error")
        if not done.timed_out and done.code in (0, 1) and done.out.strip():
            result.translation = done.out
            return done.out
        if done.timed_out:
            result.detail = "the translator ran out of time"
        else:
            said = "; ".join(result.ids) or done.err.strip()[:200]
            result.detail = f"exit {done.code}" + (f": {said}" if said else "")
        return None

    def lesson_difference(self, codes, given):
        wanted = {self.settings.aliases.get(code, code) for code in codes}
        sets = {"given": wanted & given, "missing": wanted - given, "other": given - wanted}
        return {name: sorted(ids) for name, ids in sets.items()}

    def keep(self, case, code):
        if self.settings.keep:
            path = self.settings.keep / f"{case.name}.{case.to}"
            path.parent.mkdir(parents=True, exist_ok=True)
            write(path, code)

    def judge(self, case, code, expected, result, fresh=False):
        """Runs the translation once and sets outcome and detail. True if another run cannot change them."""
        finished, problem = self.execute(code, case.to, case, fresh)
        if problem:
            result.outcome, result.detail = DOES_NOT_PARSE, problem[:300]
        elif finished.timed_out:
            result.outcome, result.detail = RAISES, f"ran past {self.settings.timeout:g} s"
        elif finished.code:
            result.outcome, result.detail = RAISES, failure_text(finished, case.to)
        else:
            difference = compare(expected, finished.out)
            result.outcome = SOMETHING_ELSE if difference else PASS
            result.detail = difference or ""
        return result.outcome in (PASS, DOES_NOT_PARSE) or bool(finished and finished.timed_out)

    def check(self, case):
        result = Result(case.name, case.to)
        expected, problem = self.expected(case)
        if problem:
            result.outcome, result.detail = BAD_PAIR, problem
            return result
        code = self.translate(case, result)
        if code is None:
            return result
        self.keep(case, code)
        if case.model:
            result.equal_lines = equal_lines(code, read(case.model))
        if case.lessons is not None:
            result.lessons = self.lesson_difference(case.lessons, set(result.ids))
        retries = self.settings.retries if case.depends_on_timing() else 0
        final = self.judge(case, code, expected, result)
        while not final and retries > 0:
            retries -= 1
            result.retried = True
            final = self.judge(case, code, expected, result, fresh=True)
        return result


def equal_lines(code, model):
    """(lines of the two texts that are equal, lines of both), blank lines left out."""
    texts = [[line.rstrip() for line in text.splitlines() if line.strip()] for text in (code, model)]
    matched = SequenceMatcher(None, *texts, autojunk=False).get_matching_blocks()
    return 2 * sum(block.size for block in matched), sum(map(len, texts))
