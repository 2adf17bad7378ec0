#!/usr/bin/env python3
"""Check the core-language catalogue by running it.

    verify_core.py              run every pair of tests/behaviour/pairs/core/ in
                              both runtimes
    verify_core.py NAME...      run only the pairs whose folder name contains NAME
    verify_core.py --facts      also re-run every recorded fact of core-facts.txt

A pair is a folder with source.js + target.py, or source.py + target.js. Both
programs must exit 0, write nothing to stderr and print the same stdout, and
that stdout must not be empty. The environment variables NODE and PYTHON name
other interpreters. The closing line is 'N passed, N failed'; the exit status is
1 when anything failed.
"""

import concurrent.futures
import difflib
import json
import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
PAIRS = HERE.parent.parent / "tests" / "behaviour" / "pairs" / "core"
NODE = os.environ.get("NODE", "node")
PYTHON = os.environ.get("PYTHON", sys.executable)
LIMIT_S = 30

JS_FACTS = r"""
globalThis.require = require;
const util = require("node:util");
const list = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
const show = (v) => util.inspect(v, { breakLength: Infinity, depth: 6, compact: true });
const out = list.map((source) => {
  try {
    return show((0, eval)(`(${source})`));
  } catch (error) {
    return `throws ${error.name}: ${error.message}`;
  }
});
process.stdout.write(JSON.stringify(out));
"""

PY_FACTS = r"""
import collections, copy, datetime, functools, itertools, json, math, os, re, sys, time
import types
import warnings

warnings.simplefilter("ignore")
out = []
for source in json.load(sys.stdin):
    try:
        out.append(repr(eval(source)))
    except RecursionError:
        out.append("raises RecursionError")
    except Exception as error:
        out.append(f"raises {type(error).__name__}: {error}")
print(json.dumps(out))
"""


def run(path):
    tool = NODE if path.suffix == ".js" else PYTHON
    env = {**os.environ, "PYTHONIOENCODING": "utf-8", "TZ": "UTC", "NO_COLOR": "1"}
    try:
        done = subprocess.run(
            [tool, str(path)],
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=LIMIT_S,
            env=env,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None, f"ran past {LIMIT_S} s"
    out = done.stdout.decode("utf-8", "replace")
    err = done.stderr.decode("utf-8", "replace")
    if done.returncode or err.strip():
        return None, f"exit {done.returncode}, stderr: {err.strip()[-600:]}"
    return out, None


def check_pair(folder):
    """The problem with one pair, or None."""
    shapes = [("source.js", "target.py"), ("source.py", "target.js")]
    found = [s for s in shapes if all((folder / name).is_file() for name in s)]
    extra = {p.name for p in folder.iterdir()} - {n for s in found for n in s}
    if len(found) != 1 or extra:
        return "needs exactly source.js + target.py or source.py + target.js"
    outputs = []
    for name in found[0]:
        out, problem = run(folder / name)
        if problem:
            return f"{name}: {problem}"
        if not out.strip():
            return f"{name}: printed nothing"
        outputs.append(out)
    if outputs[0] != outputs[1]:
        lines = [text.splitlines() for text in outputs]
        diff = difflib.unified_diff(*lines, *found[0], lineterm="")
        return "stdout differs\n    " + "\n    ".join(diff)
    return None


def read_facts(path):
    facts = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith(("js| ", "py| ")):
            source, _, expected = line[4:].partition("  =>  ")
            facts.append((line[:2], source, expected))
    return facts


def check_facts():
    """One (label, problem or None) for each recorded fact."""
    facts = read_facts(HERE / "core-facts.txt")
    results = []
    for lang, command in (
        ("js", [NODE, "-e", JS_FACTS]),
        ("py", [PYTHON, "-c", PY_FACTS]),
    ):
        mine = [fact for fact in facts if fact[0] == lang]
        done = subprocess.run(
            command,
            input=json.dumps([source.replace("⏎", "\n") for _, source, _ in mine]),
            capture_output=True,
            text=True,
            timeout=LIMIT_S,
            check=True,
        )
        for (_, source, expected), seen in zip(
            mine, json.loads(done.stdout), strict=True
        ):
            problem = None if seen == expected else f"recorded {expected}, saw {seen}"
            results.append((f"{lang}| {source}", problem))
    return results


def main(args):
    wanted = [arg for arg in args if not arg.startswith("-")]
    folders = sorted(p for p in PAIRS.iterdir() if p.is_dir())
    if wanted:
        folders = [f for f in folders if any(word in f.name for word in wanted)]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 2) as pool:
        names = [folder.name for folder in folders]
        results = list(zip(names, pool.map(check_pair, folders), strict=True))
    if "--facts" in args:
        results += check_facts()
    failed = [(name, problem) for name, problem in results if problem]
    for name, problem in failed:
        print(f"FAIL {name}: {problem}")
    print(f"{len(results) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed or not results else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
