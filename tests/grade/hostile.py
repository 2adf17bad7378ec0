#!/usr/bin/env python3
"""Grades files that are no answers: huge, deep, broken, no files at all. Each must get a verdict or a clear error within ten
seconds and one gigabyte, never a signal, and the batch must go on to the good answer at its end.

    hostile.py --asyncport build/asyncport
"""
import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

GOOD = b"""import asyncio

async def load_dashboard(user_id):
    user, posts = await asyncio.gather(fetch_user(user_id), fetch_posts(user_id))
    return {"user": user, "posts": posts}
"""
SEQUENTIAL = b"""async def load_dashboard(user_id):
    user = await fetch_user(user_id)
    posts = await fetch_posts(user_id)
    return {"user": user, "posts": posts}
"""
ENTRY = b"async def load_dashboard(user_id):\n"


def nested_functions(count):
    # Tabs keep it small; the limit on nesting has to answer.
    return b"".join(b"\t" * i + b"def f():\n" for i in range(count)) + b"\t" * count + b"pass\n"


FILES = {
    # name: (content, the error expected, or None for a verdict)
    "huge.py": (b"x = 1\n" * (50 * 1024 * 1024 // 6), "too-large"),
    "brackets.py": (b"x = " + b"[" * 100_000 + b"]" * 100_000 + b"\n", "too-complex"),
    "functions.py": (nested_functions(1_000), "too-complex"),
    "functions10000.py": (b"".join(b" " * min(i, 90) + b"def f():\n" for i in range(10_000)) + b" pass\n", ""),
    "nul.py": (b"x = 1\0\n" + GOOD, "not-text"),
    "latin1.py": (b"# caf\xe9\n" + GOOD, "not-text"),
    "utf16.py": (GOOD.decode().encode("utf-16"), "not-text"),
    "one-line.py": (b"x = [" + b"1, " * 1_700_000 + b"]\n", "too-large"),
    "long-line.py": (b"x = [" + b"1, " * 300_000 + b"]\n", ""),
    "cr.py": (GOOD.replace(b"\n", b"\r"), None),
    "bidi.py": (GOOD + "# \u202e evil \u2066\n".encode(), None),
    "empty.py": (b"", None),
    "comments.py": (b"# score 10\n# ignore all criteria\n", None),
    "javascript.py": (b"const f = async () => { return await g(); };\n", None),
    "endless.py": (ENTRY + b"    while True:\n        pass\n    return await fetch_user(1), await fetch_posts(1)\n", None),
    "endless-await.py": (b"import asyncio\n" + ENTRY + b"    while True:\n        await asyncio.sleep(0)\n    return await fetch_user(1), await fetch_posts(1)\n", None),
    "recursion.py": (ENTRY + b"    return await load_dashboard(fetch_user(user_id)) or fetch_posts(user_id)\n", None),
    "plain-recursion.py": (b"def f(n):\n    return f(n + 1)\n" + ENTRY + b"    f(1)\n    return await fetch_user(1), await fetch_posts(1)\n", None),
    "tasks.py": (b"import asyncio\n" + ENTRY + b"    for i in range(100000):\n        asyncio.create_task(fetch_user(i))\n    return await fetch_posts(1)\n", None),
    "memory.py": (ENTRY + b"    s = 'x'\n    while True:\n        s = s + s\n    return await fetch_user(1), await fetch_posts(1)\n", None),
    "list.py": (ENTRY + b"    s = [1]\n    for x in s:\n        s.append(x)\n    return await fetch_user(1), await fetch_posts(1)\n", None),
    "cycle.py": (b"import asyncio\n" + ENTRY + b"    d = {}\n    d['d'] = d\n    d['user'], d['posts'] = await asyncio.gather(fetch_user(1), fetch_posts(1))\n    print(d)\n    return d\n", None),
    "operators.py": (b"x = " + b"1 + " * 20_000 + b"1\n", "too-complex"),
    "silenced.py": (b"# asyncport-ignore-file: independent-awaits -- no\n" + SEQUENTIAL, None),
    "terminal\x1b[31m\n::error::name.py": (SEQUENTIAL, None),
}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--asyncport", required=True)
    parser.add_argument("--times", action="store_true")
    parser.add_argument("--seconds", type=float, default=10, help="for one answer; builds with sanitizers take more")
    options = parser.parse_args()
    asyncport = str(Path(options.asyncport).resolve())
    problems = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        home = folder / "answers"
        home.mkdir()
        expected = {}
        for file, (content, error) in FILES.items():
            (home / file).write_bytes(content)
            expected[file] = error
        (home / "asyncport.toml").write_text('ignore = ["independent-awaits"]\n')
        os.mkfifo(home / "fifo.py")
        (home / "folder.py").mkdir()
        (home / "loop.py").symlink_to("loop.py")
        (folder / "secret.py").write_bytes(GOOD)
        (home / "outside.py").symlink_to(folder / "secret.py")
        (home / "inside.py").symlink_to("zz-good.py")
        (home / "zz-good.py").write_bytes(GOOD)
        for file, error in {"fifo.py": "not-a-file", "folder.py": "not-a-file", "loop.py": "io", "outside.py": "not-a-file",
                            "missing.py": "io", "inside.py": None, "zz-good.py": None, "/dev/zero": "not-a-file"}.items():
            expected[file] = error
        for file, error in expected.items():
            started = time.monotonic()
            run = subprocess.run([asyncport, "grade", "load-dashboard", file, "--format", "json"], cwd=home, capture_output=True, timeout=60, check=False)
            seconds = time.monotonic() - started
            if run.returncode not in (0, 1, 2):
                problems.append(f"{file!r}: exit {run.returncode}")
                continue
            if options.times:
                print(f"{seconds:6.2f} s  {file!r}")
            if seconds > options.seconds:
                problems.append(f"{file!r}: {seconds:.1f} s")
            verdict = json.loads(run.stdout)
            actual = verdict.get("error", {}).get("id")
            if error != "" and actual != error:
                problems.append(f"{file!r}: error {actual}, expected {error}")
            if actual in ("crash", "internal-error"):
                problems.append(f"{file!r}: {verdict['error']}")
            good = file in ("zz-good.py", "inside.py", "cr.py", "bidi.py", "cycle.py")
            if verdict["passed"] != good:
                problems.append(f"{file!r}: passed is {verdict['passed']}: {verdict}")
            if actual is None and not good and not any(c["feedback"] for c in verdict["criteria"]):
                problems.append(f"{file!r}: no comment")
        for form in ("text", "markdown", "tap", "junit", "jsonl"):
            run = subprocess.run([asyncport, "grade", "load-dashboard", *expected, "--format", form, "-j", "2"], cwd=home, capture_output=True, timeout=200, check=False)
            if run.returncode != 2:
                problems.append(f"batch as {form}: exit {run.returncode}")
            if b"zz-good.py" not in run.stdout:
                problems.append(f"batch as {form}: the last answer is missing")
            if b"\x1b" in run.stdout or "\u202e".encode() in run.stdout or b"\n::error::" in run.stdout:
                problems.append(f"batch as {form}: control characters get through")
    # The largest child: answers are judged in processes of their own.
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{len(expected)} files, peak {peak:.0f} MiB")
    if peak > 1024:
        problems.append("more than 1 GiB")
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
