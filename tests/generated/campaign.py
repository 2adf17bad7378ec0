"""Runs generated programs by the thousand and counts how each ended; a run may be interrupted and goes on where it was.

Campaign(settings, languages, state=Path("state.jsonl"), keep=Path("bad")).run(seed, count) prints one line for each
program that is not equal and a table at the end. Judges by tests/behaviour/runner, but starts programs faster. The
classes: `equal`; `equal, warned`; `refused` (the translator said that it leaves something out); `different, warned`;
`silent`: prints something else or fails, and nothing was said; `unsteady`: the source prints now this, now that;
`source fails`: the generator is at fault.
"""

import concurrent.futures
import importlib
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "behaviour"))

import runner  # noqa: E402
from cases import Case  # noqa: E402
from processes import LARGEST_PYTHON, Finished, environment, run  # noqa: E402

EQUAL, WARNED, REFUSED, DIFFERENT, SILENT, UNSTEADY, BAD = CLASSES = (
    "equal", "equal, warned", "refused", "different, warned", "silent", "unsteady", "source fails",
)  # fmt: skip


class QuickRunner(runner.Runner):
    """Python programs come out of a process that has its modules loaded; a failing run is judged by a plain one."""

    def __init__(self, settings):
        super().__init__(settings)
        self.local = threading.local()

    def ask(self, order):
        zygote = getattr(self.local, "zygote", None)
        if zygote is None or zygote.poll() is not None:
            zygote = subprocess.Popen(
                [self.settings.python, "-B", str(HERE / "zygote.py")], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                text=True, env=environment(tempfile.gettempdir(), "zygote"), start_new_session=True,
            )  # fmt: skip
            self.local.zygote = zygote
        zygote.stdin.write(json.dumps(order) + "\n")
        zygote.stdin.flush()
        return json.loads(zygote.stdout.readline())

    def execute(self, code, language, case, fresh=False):
        if not fresh:
            finished = self.quick(code, language)
            if finished.code == 0 and not finished.timed_out:
                return finished, None
        return super().execute(code, language, case, fresh)

    def quick(self, code, language):
        folder = Path(tempfile.mkdtemp(prefix="asyncport-run-"))
        try:
            if language == "js":
                path = folder / ("main.mjs" if runner.MODULE.search(code) else "main.js")
                runner.write(path, code)
                return run([self.settings.node, str(path)], folder, self.settings.timeout)
            runner.write(folder / "main.py", code)
            order = {"path": str(folder / "main.py"), "out": str(folder / "out"), "err": str(folder / "err")}
            answer = self.ask({**order, "timeout": self.settings.timeout, "memory": LARGEST_PYTHON})
            texts = [runner.read(folder / name) if (folder / name).exists() else "" for name in ("out", "err")]
            return Finished(answer["code"], *texts, answer["timed_out"], 0.0)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def source_of(language, seed):
    return importlib.import_module(f"{language}_programs").Program(random.Random(seed)).source()


def class_of(result):
    if result.outcome == runner.BAD_PAIR:
        return BAD
    if result.outcome == runner.PASS:
        return WARNED if result.warned and not result.honest else REFUSED if result.honest else EQUAL
    if result.honest or result.outcome == runner.NO_OUTPUT:
        return REFUSED
    return DIFFERENT if result.warned else SILENT


class Campaign:
    def __init__(self, settings, languages, jobs, state=None, keep=None):
        self.runner = QuickRunner(settings)
        self.languages, self.jobs, self.state, self.keep = languages, jobs, state, keep
        self.done = self.read_state()

    def read_state(self):
        if not self.state or not self.state.exists():
            return {}
        lines = self.state.read_text().splitlines()
        return {line["name"]: line for line in map(json.loads, lines)}

    def check(self, language, seed):
        name = f"{language}-{seed}"
        with tempfile.TemporaryDirectory(prefix="asyncport-generated-") as folder:
            path = Path(folder) / f"source.{language}"
            path.write_text(source_of(language, seed))
            result = self.runner.check(Case(name, path))
            found = class_of(result)
            if found in (SILENT, DIFFERENT) and not self.is_steady(path):
                found = UNSTEADY
            if self.keep and found not in (EQUAL, WARNED, UNSTEADY):
                place = self.keep / found.replace(", ", "-").replace(" ", "-") / name
                place.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, place)
                if result.translation is not None:
                    (place / f"translation.{result.to}").write_text(result.translation)
                said = "\n".join([*result.warnings, *result.errors])
                (place / "detail.txt").write_text(f"{result.outcome}: {result.detail}\n{said}\n")
        kept = ("outcome", "detail", "warnings", "errors")
        return {"name": name, "class": found, **{key: getattr(result, key) for key in kept}}

    def is_steady(self, path):
        """Does the source print the same when the machine is busy? Timers may be too near to each other."""
        case = Case(path.stem, path)
        runs = [self.runner.execute(path.read_text(), case.language, case, fresh=True)[0] for _ in range(3)]
        return all(run and run.out == runs[0].out for run in runs)

    def run(self, seed, count):
        wanted = [(language, s) for s in range(seed, seed + count) for language in self.languages]
        missing = [pair for pair in wanted if "{}-{}".format(*pair) not in self.done]
        if len(missing) < len(wanted):
            print(f"{len(wanted) - len(missing)} of {len(wanted)} were run before")
        with concurrent.futures.ThreadPoolExecutor(self.jobs) as pool:
            for line in pool.map(lambda pair: self.check(*pair), missing):
                self.done[line["name"]] = line
                if self.state:
                    with self.state.open("a") as file:
                        file.write(json.dumps(line) + "\n")
                if line["class"] not in (EQUAL, WARNED):
                    said = "; ".join([*line["errors"], *line["warnings"]])
                    print(f"{line['class'].upper()} {line['name']}: {line['outcome']}: {line['detail']} ({said})", flush=True)
        return self.report([self.done["{}-{}".format(*pair)] for pair in wanted])

    def report(self, lines):
        for language in self.languages:
            mine = [line for line in lines if line["name"].startswith(language)]
            classes = Counter(line["class"] for line in mine)
            print(f"from {language}: {len(mine)} programs; " + ", ".join(f"{name} {classes[name]}" for name in CLASSES))
            for found, key in ((REFUSED, "errors"), (DIFFERENT, "warnings"), (WARNED, "warnings")):
                reasons = Counter(reason for line in mine if line["class"] == found for reason in line[key])
                for reason, number in reasons.most_common(10):
                    print(f"  {found}: {number} times {reason}")
        wrong = sum(line["class"] in (SILENT, BAD) for line in lines)
        print(f"silently wrong: {sum(line['class'] == SILENT for line in lines)}")
        return 1 if wrong else 0


def jobs_by_default():
    return 2 * len(os.sched_getaffinity(0))  # programs wait for timers most of the time
