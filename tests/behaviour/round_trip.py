"""There and back: translates a translation into the language it came from, and runs that.

A program that was translated twice must still print what it printed before. Beside that: the same
translation made twice has the same bytes, and a third one (there, back, there) is that of the first.

Example of the closing lines:
    async to py and back: 70 of 74 behave the same
    unstable: 0; there again as the first time: 51 of 74
"""

import shutil
import tempfile
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path

import diagnostics
from normalise import compare
from processes import run
from runner import (
    BAD_PAIR,
    DOES_NOT_PARSE,
    MODULE,
    NO_OUTPUT,
    PASS,
    RAISES,
    SOMETHING_ELSE,
    failure_text,
    read,
)

WANTED = 0.85  # share of programs that must behave the same after there and back


@dataclass
class RoundTrip:
    name: str
    to: str
    outcome: str = NO_OUTPUT
    detail: str = ""
    warned: bool = False  # in either direction, or refused something
    stable: bool = True
    again: bool | None = None  # the third translation is the first one

    @property
    def passed(self):
        return self.outcome == PASS

    @property
    def silently_wrong(self):
        return self.outcome == SOMETHING_ELSE and not self.warned

    def as_json(self):
        return {**asdict(self), "passed": self.passed, "silently_wrong": self.silently_wrong}


def file_name(code, language):
    if language == "py":
        return "source.py"
    return "source.mjs" if MODULE.search(code) else "source.js"


class Traveller:
    def __init__(self, runner):
        self.runner = runner
        self.settings = runner.settings

    def translate(self, code, language, to, result):
        """The translation of a text, or None with the reason in `result`."""
        folder = Path(tempfile.mkdtemp(prefix="asyncport-translate-"))
        try:
            source = folder / file_name(code, language)
            source.write_text(code, encoding="utf-8", errors="surrogateescape", newline="")
            command = [str(self.settings.asyncport), str(source), "--to", to, "--format", "json"]
            done = run(command, folder, self.settings.timeout)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        said = diagnostics.levels(done.err)
        result.warned = result.warned or done.code == 1 or "error" in said or "warning" in said
        if not done.timed_out and done.code in (0, 1) and done.out.strip():
            return done.out
        result.detail = "ran out of time" if done.timed_out else f"exit {done.code} to {to}"
        return None

    def judge(self, case, code, expected, result, fresh=False):
        finished, problem = self.runner.execute(code, case.language, case, fresh)
        if problem:
            result.outcome, result.detail = DOES_NOT_PARSE, problem[:300]
        elif finished.timed_out:
            result.outcome, result.detail = RAISES, f"ran past {self.settings.timeout:g} s"
        elif finished.code:
            result.outcome, result.detail = RAISES, failure_text(finished, case.language)
        else:
            difference = compare(expected, finished.out)
            result.outcome, result.detail = (SOMETHING_ELSE, difference) if difference else (PASS, "")

    def check(self, case):
        result = RoundTrip(case.name, case.to)
        expected, problem = self.runner.expected(case)
        if problem:
            result.outcome, result.detail = BAD_PAIR, problem
            return result
        source = read(case.source)
        there = self.translate(source, case.language, case.to, result)
        if there is None:
            return result
        result.stable = self.translate(source, case.language, case.to, result) == there
        back = self.translate(there, case.to, case.language, result)
        if back is None:
            return result
        if self.settings.keep:
            path = self.settings.keep / f"{case.name}.back.{case.language}"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(back, encoding="utf-8", errors="surrogateescape", newline="")
        result.again = self.translate(back, case.language, case.to, RoundTrip("", "")) == there
        self.judge(case, back, expected, result)
        if result.outcome in (RAISES, SOMETHING_ELSE) and case.depends_on_timing():
            self.judge(case, back, expected, result, fresh=True)
        return result


def print_report(results):
    for result in results:
        if not result.passed:
            marks = " and warned" if result.warned else " and nothing was said"
            print(f"FAIL {result.name} [{result.outcome}{marks}] {result.detail}".rstrip())
        if not result.stable:
            print(f"UNSTABLE {result.name}: the same translation has other bytes the second time")
    groups = {}
    for result in results:
        groups.setdefault((result.name.rpartition("/")[0], result.to), []).append(result)
    for (group, to), members in sorted(groups.items()):
        print(f"{group} to {to} and back: {sum(r.passed for r in members)} of {len(members)} behave the same")
    reasons = Counter(r.outcome for r in results if not r.passed)
    if reasons:
        print("reasons: " + ", ".join(f"{name} {number}" for name, number in reasons.most_common()))
    again = [r.again for r in results if r.again is not None]
    print(f"unstable: {sum(not r.stable for r in results)}; there again as the first time: {sum(again)} of {len(again)}")
    print(f"silently wrong: {sum(r.silently_wrong for r in results)}")
    share = sum(r.passed for r in results) / len(results) if results else 0
    print(f"round trips: {share:.1%}")
