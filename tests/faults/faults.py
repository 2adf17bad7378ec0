#!/usr/bin/env python3
"""What the machine may do to asyncport while it works: a full disk, a file that cannot be written or read or that is gone, a reader
that goes away, few open files, SIGINT and SIGTERM. Each has to end with a clear error and a documented exit
code, and must leave no half-written file.

    faults.py --asyncport build/asyncport
"""
import argparse
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

JS = "async function load(id) {\n  const user = await fetchUser(id);\n  return user;\n}\n"
PY = """import asyncio

async def load_dashboard(user_id):
    user, posts = await asyncio.gather(fetch_user(user_id), fetch_posts(user_id))
    return {"user": user, "posts": posts}
"""
problems = []


def need(condition, what):
    if not condition:
        problems.append(what)


def run(command, cwd, **more):
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, errors="replace", timeout=300, check=False, **more)


def limited(what, soft):
    def before():
        if what == resource.RLIMIT_FSIZE:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(what, (soft, soft))
    return before


def nobody():
    if os.getuid() == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--asyncport", required=True)
    options = parser.parse_args()
    asyncport = str(Path(options.asyncport).resolve())
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        home.chmod(0o755)
        (home / "a.js").write_text(JS * 200)
        (home / "a.py").write_text(PY)

        # A full disk: what was there stays whole, nothing is left beside it.
        (home / "out.py").write_text("# before\n")
        for case, more in (("limit of file sizes", {"preexec_fn": limited(resource.RLIMIT_FSIZE, 1000)}),):
            done = run([asyncport, "a.js", "--to", "py", "-o", "out.py", "--force"], home, **more)
            need(done.returncode == 2 and "out.py" in done.stderr, f"{case}: exit {done.returncode}, {done.stderr[:300]}")
            need((home / "out.py").read_text() == "# before\n", f"{case}: the old file is not whole")
            need(sorted(p.name for p in home.iterdir()) == ["a.js", "a.py", "out.py"], f"{case}: left {[p.name for p in home.iterdir()]}")
        with open("/dev/full", "w") as full:
            for command in ([asyncport, "a.js", "--to", "py"], [asyncport, "check", "a.js"], [asyncport, "grade", "load-dashboard", "a.py"]):
                done = subprocess.run(command, cwd=home, stdout=full, stderr=subprocess.PIPE, text=True, timeout=300, check=False)
                quiet = command[1] == "check"  # it may have nothing to say
                need(done.returncode == 2 and "standard output" in done.stderr or quiet and done.returncode in (0, 2), f"/dev/full, {command[1]}: exit {done.returncode}, {done.stderr[:300]}")

        # May not be written, may not be read, is not there, is a folder.
        for folder in ("/proc/here.py", "/sys/here.py", "nowhere/here.py"):
            done = run([asyncport, "a.js", "--to", "py", "-o", folder], home)
            need(done.returncode == 2 and folder in done.stderr, f"-o {folder}: exit {done.returncode}, {done.stderr[:300]}")
        (home / "secret.js").write_text(JS)
        (home / "secret.js").chmod(0)
        (home / "shut").mkdir(mode=0o555)
        done = run([asyncport, "secret.js", "--to", "py"], home, preexec_fn=nobody)
        need(done.returncode == 2 and "secret.js" in done.stderr, f"unreadable: exit {done.returncode}, {done.stderr[:300]}")
        done = run([asyncport, "a.js", "--to", "py", "-o", "shut/out.py"], home, preexec_fn=nobody)
        need(done.returncode == 2 and "shut/out.py" in done.stderr, f"read-only folder: exit {done.returncode}, {done.stderr[:300]}")
        need(not any((home / "shut").iterdir()), "read-only folder: something is in it")
        for command in (["gone.js", "--to", "py"], ["check", "a.js", "gone.js"], ["grade", "load-dashboard", "gone.py", "a.py"]):
            done = run([asyncport, *command], home)
            need(done.returncode == 2 and "gone" in done.stdout + done.stderr, f"{command}: exit {done.returncode}, {done.stderr[:300]}")

        # The reader goes away.
        for command in ([asyncport, "a.js", "--to", "py"], [asyncport, "rules"], [asyncport, "grade", "load-dashboard", *["a.py"] * 300, "--format", "jsonl"]):
            reading, writing = os.pipe()
            os.close(reading)
            done = subprocess.run(command, cwd=home, stdout=writing, stderr=subprocess.PIPE, text=True, timeout=300, check=False)
            os.close(writing)
            need(done.returncode in (2, -signal.SIGPIPE, 128 + signal.SIGPIPE), f"nobody reads {command[1]}: exit {done.returncode}, {done.stderr[:300]}")

        # Few open files.
        for i in range(300):
            (home / f"answer{i}.py").write_text(PY)
        answers = [f"answer{i}.py" for i in range(300)]
        done = run([asyncport, "grade", "load-dashboard", *answers, "--format", "jsonl", "-j", "2"], home, preexec_fn=limited(resource.RLIMIT_NOFILE, 24))
        need(done.returncode == 0 and json.loads(done.stdout.splitlines()[-1])["summary"]["passed"] == 300, f"few open files: exit {done.returncode}, {done.stderr[:300]}")
        done = run([asyncport, "check", *answers], home, preexec_fn=limited(resource.RLIMIT_NOFILE, 24))
        need(done.returncode == 0, f"few open files, check: exit {done.returncode}, {done.stderr[:300]}")

        # Interrupted: it ends by the signal, soon, and no child and no half file stays.
        for number in (signal.SIGINT, signal.SIGTERM):
            child = subprocess.Popen([asyncport, "grade", "load-dashboard", *answers * 20, "--format", "jsonl", "-o", "report.jsonl"], cwd=home, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(0.4)
            child.send_signal(number)
            try:
                code = child.wait(20)
            except subprocess.TimeoutExpired:
                child.kill()
                code = "none in 20 seconds"
            need(code in (-number, 128 + number), f"signal {number}: exit {code}")
            need(not (home / "report.jsonl").exists(), f"signal {number}: a report is there")
    for problem in problems:
        print(problem)
    print(f"resource faults: {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
