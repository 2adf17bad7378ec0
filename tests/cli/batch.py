#!/usr/bin/env python3
"""Batches from the outside: what is written, what is left alone, interrupted runs, parts and merged reports, ignored
files, and programs of several files that must run after translation as they did before.

tests/cli/batch.py --asyncport build/asyncport [--only TEXT]
"""

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.dont_write_bytecode = True
ROOT = Path(__file__).resolve().parent.parent.parent
PROJECTS = Path(__file__).resolve().parent / "projects"
CASES = []
SANITIZED = False


def case(function):
    CASES.append(function)
    return function


class Box:
    """A folder to work in, with the program at hand."""

    def __init__(self, folder, program):
        self.folder, self.program = folder, program

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def run(self, *arguments, exit_code=None, stdin=None):
        done = subprocess.run([self.program, *arguments], cwd=self.folder, input=stdin, capture_output=True, text=True,
                              timeout=300, check=False)  # fmt: skip
        assert exit_code is None or done.returncode == exit_code, (
            f"{arguments}: exit {done.returncode}, not {exit_code}\n{done.stdout}{done.stderr}"
        )
        assert "Sanitizer" not in done.stderr, done.stderr
        return done

    def texts(self, name):
        base = self.folder / name
        return {str(p.relative_to(base)): p.read_text() for p in sorted(base.rglob("*")) if p.is_file()}

    def sources(self, count, folder="src"):
        for i in range(count):
            self.write(
                f"{folder}/part{i % 7}/job{i}.js",
                f"export async function load{i}(id) {{\n  await new Promise((resolve) => setTimeout(resolve, {i}));\n"
                f"  return `${{id}} of {i}`;\n}}\n" + "".join(f"export const k{i}_{n} = {n};\n" for n in range(20)),
            )


class Skip(Exception):
    pass


def check_schema(report):
    try:
        import jsonschema
    except ImportError:
        print("left out: the JSON schema is not checked, python3-jsonschema is not installed")
        return
    jsonschema.Draft202012Validator(json.loads((ROOT / "docs/batch.schema.json").read_text())).validate(report)


@case
def writes_and_leaves_alone(box):
    box.sources(9)
    done = box.run("src", "--to", "py", "--out-dir", "out", exit_code=0)
    assert done.stdout == "" and "9 translated" in done.stderr, done.stderr
    first = box.texts("out")
    assert sum(not name.endswith("__init__.py") for name in first) == 9, sorted(first)
    assert "part3/__init__.py" in first and first["part3/__init__.py"] == ""
    stamps = {p: p.stat().st_mtime_ns for p in (box.folder / "out").rglob("*.py")}
    done = box.run("src", "--to", "py", "--out-dir", "out", exit_code=0)
    assert "9 unchanged" in done.stderr, done.stderr
    assert stamps == {p: p.stat().st_mtime_ns for p in (box.folder / "out").rglob("*.py")}
    box.write("out/part0/job0.py", "mine = 1\n")
    done = box.run("src", "--to", "py", "--out-dir", "out", exit_code=2)
    assert "exists already" in done.stderr and "--force" in done.stderr, done.stderr
    assert (box.folder / "out/part0/job0.py").read_text() == "mine = 1\n"
    done = box.run("src", "--to", "py", "--out-dir", "out", "--check", exit_code=1)
    assert "1 stale" in done.stderr and "8 unchanged" in done.stderr, done.stderr
    done = box.run("src", "--to", "py", "--out-dir", "out", "--diff", exit_code=1)
    assert "-mine = 1" in done.stdout and "--- out/part0/job0.py" in done.stdout, done.stdout
    assert (box.folder / "out/part0/job0.py").read_text() == "mine = 1\n"
    box.run("src", "--to", "py", "--out-dir", "out", "--force", exit_code=0)
    assert box.texts("out") == first
    box.run("src", "--to", "py", "--out-dir", "out", "--check", exit_code=0)


@case
def worst_file_decides_and_reasons_are_counted(box):
    box.write("src/good.js", "const a = 1;\nconsole.log(a);\n")
    box.write("src/part.js", "import(x).then(y);\n")
    box.write("src/bad.js", "function (\n")
    done = box.run("src/good.js", "--to", "py", "--out-dir", "out", exit_code=0)
    done = box.run("src/good.js", "src/part.js", "--to", "py", "--out-dir", "out", exit_code=1)
    assert "untranslated: DynamicImport" in done.stderr and "src/part.js:1:1: error" in done.stderr, done.stderr
    done = box.run("src", "--to", "py", "--out-dir", "out", exit_code=2)
    assert "1 refused" in done.stderr and not (box.folder / "out/bad.py").exists(), done.stderr


@case
def contradictions_have_remedies(box):
    box.write("src/a.js", "f();\n")
    box.write("src/b.py", "f()\n")
    box.write("taken", "")
    for arguments, words in (
        (["src", "--to", "py"], "--out-dir"),
        (["src/a.js", "src/a.js"], "--out-dir"),
        (["src", "--out-dir", "out"], "--to py or --to js"),
        (["src", "--to", "py", "--out-dir", "out", "-o", "x.py"], "--out-dir"),
        (["src", "--to", "py", "--out-dir", "out", "--check", "--diff"], "contradict"),
        (["src", "--to", "py", "--out-dir", "out", "--check", "--force"], "contradict"),
        (["src", "--to", "py", "--out-dir", "out", "--watch", "--shard", "1/2"], "contradict"),
        (["src", "--to", "py", "--out-dir", "out", "--print", "ir"], "one file"),
        (["src", "--to", "py", "--out-dir", "out", "--side-by-side"], "--report"),
        (["-", "--to", "py", "--out-dir", "out"], "one file"),
        (["src", "--to", "py", "--diff"], "--out-dir"),
        (["src", "--to", "py", "--out-dir", "taken"], "folder"),
        (["src", "--to", "py", "--out-dir", "out", "--shard", "3/2"], "1/4"),
        (["src/b.py", "--to", "py", "--out-dir", "out"], "--to js"),
        (["src/none.js", "--to", "py", "--out-dir", "out"], "no such file"),
        (["--to", "py", "--out-dir", "out"], "which files"),
    ):
        done = box.run(*arguments, exit_code=2)
        assert words in done.stderr, (arguments, done.stderr)
        assert not (box.folder / "out").exists(), arguments


@case
def lists_of_files(box):
    box.write("src/a b.js", "f();\n")
    box.write("src/lib/c.js", "f();\n")
    box.run("--files-from", "-", "--to", "py", "--out-dir", "out", stdin="src/a b.js\nsrc/lib/c.js\n")
    assert {"a_b.py", "lib/c.py"} <= set(box.texts("out")), box.texts("out")
    box.run("--files-from", "-", "--to", "py", "--out-dir", "out2", stdin="src/a b.js\0src/lib/c.js\0")
    assert box.texts("out") == box.texts("out2")


def ignore_lines(rng):
    words = ["a", "b", "*.js", "a*", "?", "**/a", "a/**", "a/**/b", "/a", "b/", "/b/*", "[ab].js", "!a", "!*.js",
             "!b/", "# note", "", "a/b", "**", "*", "!/a/b.js", "\\!a", "x ", "x\\ ", "!*/", "a.js", "**/b.js"]  # fmt: skip
    return "\n".join(rng.choice(words) for _ in range(rng.randint(1, 5))) + "\n"


@case
def ignored_files_are_gits(box):
    if not shutil.which("git"):
        raise Skip("git is not installed")
    for seed in range(25):
        rng = random.Random(seed)
        base = f"tree{seed}"
        names = ["a", "b", "x"]
        for folder in ["", "a/", "b/", "a/b/", "b/a/", "a/b/a/", "x/"]:
            for name in names:
                box.write(f"{base}/{folder}{name}.js", "f();\n")
            if rng.random() < 0.4:
                box.write(f"{base}/{folder}.gitignore", ignore_lines(rng))
        where = box.folder / base
        subprocess.run(["git", "init", "-q", "."], cwd=where, check=True)
        done = subprocess.run(["git", "-c", "core.excludesFile=/dev/null", "ls-files", "-o", "--exclude-standard", "-z"],
                              cwd=where, capture_output=True, check=True)  # fmt: skip
        expected = {n for n in done.stdout.decode().split("\0") if n.endswith(".js")}
        report = f"report{seed}.json"
        box.run(base, "--to", "py", "--check", "--report", report)
        path = box.folder / report
        got = {f["path"].removeprefix(f"{base}/") for f in json.loads(path.read_text())["files"]} if path.exists() else set()
        ignores = {str(p.relative_to(where)): p.read_text() for p in where.rglob(".gitignore")}
        assert got == expected, (seed, ignores, "only git", expected - got, "only we", got - expected)


@case
def excluded_and_unignored(box):
    box.sources(14)
    box.write("src/.gitignore", "part1/\n*2.js\n!job12.js\n")
    done = box.run("src", "--to", "py", "--out-dir", "out", "--exclude", "part3/*,job4.js", exit_code=0)
    names = {Path(n).stem for n in box.texts("out") if not n.endswith("__init__.py")}
    assert names == {f"job{i}" for i in range(14)} - {"job1", "job8", "job2", "job3", "job10", "job4"}, names
    done = box.run("src", "--to", "py", "--out-dir", "all", "--no-ignore", exit_code=0)
    assert "14 translated" in done.stderr, done.stderr


@case
def parts_and_merged_reports(box):
    box.sources(40)
    box.write("src/bad.js", "function (\n")
    box.run("src", "--to", "py", "--out-dir", "whole", "--report", "whole.json", exit_code=2)
    whole = json.loads((box.folder / "whole.json").read_text())
    check_schema(whole)
    seen = set()
    for i in (1, 2, 3):
        box.run("src", "--to", "py", "--out-dir", "parts", "--shard", f"{i}/3", "--report", f"part{i}.json")
        part = json.loads((box.folder / f"part{i}.json").read_text())
        assert part["shard"] == f"{i}/3"
        paths = {f["path"] for f in part["files"]}
        assert paths and not paths & seen
        seen |= paths
    assert seen == {f["path"] for f in whole["files"]}
    assert box.texts("whole") == box.texts("parts")
    # The parts are the same whatever other files there are.
    before = {f["path"] for f in json.loads((box.folder / "part1.json").read_text())["files"]}
    box.write("src/part0/new.js", "f();\n")
    box.run("src", "--to", "py", "--check", "--shard", "1/3", "--report", "again.json")
    after = {f["path"] for f in json.loads((box.folder / "again.json").read_text())["files"]}
    assert after - {"src/part0/new.js"} == before
    box.run("report", "merge", "part3.json", "part1.json", "part2.json", "-o", "merged.json", exit_code=0)
    merged = json.loads((box.folder / "merged.json").read_text())
    for report in (whole, merged):
        for file in report["files"]:
            file.pop("target", None)
    assert merged == whole
    box.run("report", "merge", "part1.json", "part2.json", "part3.json", "-o", "merged.html", exit_code=0)
    page = (box.folder / "merged.html").read_text()
    assert page.count("<details>") == 41 and "<script" not in page and "http" not in page.split("<details>")[0], page[:2000]
    box.write("no.json", "[1]")
    assert "no JSON object" in box.run("report", "merge", "no.json", exit_code=2).stderr
    box.write("no.json", '{"schema":1,"files":[{"path":"x"}]}')
    assert "status" in box.run("report", "merge", "no.json", exit_code=2).stderr


@case
def pages_escape_what_they_show(box):
    box.write("src/<b>.js", 'const s = "</td><script>alert(1)</script>";\nconsole.log(s);\n')
    box.run("src", "--to", "py", "--out-dir", "out", "--report", "r.html")
    page = (box.folder / "r.html").read_text()
    assert "<script>" not in page and "&lt;script&gt;" in page and "&lt;b&gt;.js" in page


@case
def interrupted_runs_leave_whole_files(box):
    box.sources(150 if SANITIZED else 900)
    box.run("src", "--to", "py", "--out-dir", "whole", exit_code=0)
    whole = box.texts("whole")
    partial = 0
    for sent in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
        out = f"out{sent}"
        child = subprocess.Popen([box.program, "src", "--to", "py", "--out-dir", out, "--report", f"{sent}.json", "-j", "2"],
                                 cwd=box.folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)  # fmt: skip
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and not any((box.folder / out).glob("*/job*.py")):
            time.sleep(0.002)
        child.send_signal(sent)
        said = child.communicate(timeout=60)[1]
        texts = box.texts(out)
        partial += len(texts) < len(whole)
        for name, text in texts.items():
            assert whole.get(name) == text, f"{name} is not whole after {sent!r}"
        if sent != signal.SIGKILL and child.returncode not in (0, None):
            assert child.returncode == 128 + sent, child.returncode
            assert "interrupted after" in said, said
            assert json.loads((box.folder / f"{int(sent)}.json").read_text())["summary"]["interrupted"] if (
                box.folder / f"{int(sent)}.json").exists() else True  # fmt: skip
        box.run("src", "--to", "py", "--out-dir", out, exit_code=0)
        assert box.texts(out) == whole
    assert partial, "no run was interrupted in time"


@case
def watching_translates_what_changed(box):
    box.write("src/a.js", "const first = 1;\nconsole.log(first);\n")
    child = subprocess.Popen([box.program, "src", "--to", "py", "--out-dir", "out", "--watch"], cwd=box.folder,
                             stderr=subprocess.PIPE, text=True)  # fmt: skip

    def wait_for(name, text):
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            path = box.folder / "out" / name
            if path.exists() and text in path.read_text():
                return
            time.sleep(0.02)
        raise AssertionError(f"{name} never had {text!r}")

    try:
        wait_for("a.py", "first = 1")
        box.write("src/a.js", "const second = 22;\nconsole.log(second);\n")
        wait_for("a.py", "second = 22")
        box.write("src/lib/b.js", "const third = 3;\nconsole.log(third);\n")
        wait_for("lib/b.py", "third = 3")
    finally:
        child.send_signal(signal.SIGINT)
        child.communicate(timeout=60)
    assert child.returncode in (0, 130), child.returncode


@case
def two_workers_of_gnu_parallel(box):
    if not shutil.which("parallel"):
        raise Skip("GNU Parallel is not installed (Debian: parallel)")
    box.sources(30)
    box.run("src", "--to", "py", "--out-dir", "whole", exit_code=0)
    command = f"parallel --will-cite -j 2 {box.program} src --to py --out-dir out -j 1 --shard {{}}/4 --report part-{{}}.json ::: 1 2 3 4"
    subprocess.run(["sh", "-c", command], cwd=box.folder, check=True, capture_output=True)
    assert box.texts("out") == box.texts("whole")
    box.run("report", "merge", *(f"part-{i}.json" for i in (1, 2, 3, 4)), "-o", "all.json", exit_code=0)
    assert json.loads((box.folder / "all.json").read_text())["summary"]["files"] == 30
    # Grading, the same way.
    exercise = next((ROOT / "examples/exercises").glob("*.md")).stem
    for i in range(6):
        box.write(f"answers/{i}.py", "x = 1\n")
    box.write("answers.txt", "".join(f"answers/{i}.py\n" for i in range(6)))
    command = (f"parallel --will-cite -j 2 '{box.program} grade {exercise} --files-from answers.txt --shard {{}}/3 "
               "--format jsonl -o graded-{}.jsonl; test $? -lt 2' ::: 1 2 3")  # fmt: skip
    subprocess.run(["sh", "-c", command], cwd=box.folder, check=True, capture_output=True)
    graded = [json.loads(line) for i in (1, 2, 3) if (box.folder / f"graded-{i}.jsonl").exists()
              for line in (box.folder / f"graded-{i}.jsonl").read_text().splitlines()]  # fmt: skip
    assert sorted(g["submission"] for g in graded if "submission" in g) == [f"answers/{i}.py" for i in range(6)]


def run_program(command, folder):
    env = {"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8"}
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, done.stdout, done.stderr


@case
def programs_of_several_files_run_the_same(box):
    """tests/cli/projects/NAME: START names the program; OPTIONS what is added to the command."""
    if not shutil.which("node"):
        raise Skip("node is not installed")
    wrong = []
    for project in sorted(PROJECTS.iterdir()):
        start = (project / "START").read_text().split()
        options = (project / "OPTIONS").read_text().split() if (project / "OPTIONS").exists() else []
        from_js = not start[0].endswith(".py")
        to = "py" if from_js else "js"
        shutil.copytree(project / "src", box.folder / project.name)
        source_runner, target_runner = ("node", sys.executable) if from_js else (sys.executable, "node")
        expected = run_program([source_runner, start[0]], box.folder / project.name)
        out = f"out-{project.name}"
        done = box.run(project.name, "--to", to, "--out-dir", out, "--force", *options)
        got = run_program([target_runner, start[1]], box.folder / out)
        if expected[0] != 0 or expected[:2] != got[:2]:
            wrong.append(f"{project.name}\n--- source\n{expected}\n--- translation\n{got}\n{done.stderr}")
    assert not wrong, "\n".join(wrong)


def main():
    global SANITIZED
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--asyncport", type=Path, default=ROOT / "build/dev/asyncport")
    parser.add_argument("--only", default="")
    arguments = parser.parse_args()
    program = str(arguments.asyncport.resolve())
    SANITIZED = b"__asan_init" in Path(program).read_bytes()
    failed = 0
    for function in CASES:
        name = function.__name__
        if arguments.only not in name:
            continue
        with tempfile.TemporaryDirectory(prefix="asyncport-batch-") as folder:
            (Path(folder) / "work").mkdir()
            (Path(folder) / ".git").mkdir()  # the search for a configuration file ends here
            try:
                function(Box(Path(folder) / "work", program))
                print(f"ok {name}")
            except Skip as why:
                print(f"SKIPPED {name}: {why}")
            except (AssertionError, subprocess.SubprocessError) as why:
                failed += 1
                print(f"FAIL {name}: {str(why)[:6000]}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
