#!/usr/bin/env python3
"""What the machine may do to asyncport while it works: a full disk, a file that cannot be written or read or that is gone, a reader
that goes away, few and many open files, little memory, SIGINT and SIGTERM. Each has to end with a clear error and a documented exit
code, and must leave no half-written file.

    faults.py --asyncport build/asyncport
"""
import argparse
import json
import os
import resource
import shutil
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


def low_memory(asyncport, home):
    """`ulimit -v` from where it can only just start: it translates, or says what is missing and leaves the old file."""
    (home / "large.js").write_text(JS * 3000)
    whole = run([asyncport, "large.js", "--to", "py"], home)
    need(whole.returncode == 0, f"memory: the source alone: exit {whole.returncode}, {whole.stderr[:300]}")
    limits = range(8, 400, 8)
    starts = next((m for m in limits if run([asyncport, "--version"], home, preexec_fn=limited(resource.RLIMIT_AS, m << 20)).returncode == 0), None)
    if starts is None:
        return print("skipped: low memory (this build reserves more than 400 MB, as sanitizers do)")
    codes = []
    for command in (["large.js", "--to", "py", "-o", "kept.py", "--force"], ["large.js", "--to", "py", "--out-dir", "few", "--force", "-j", "2"], ["check", "large.js"]):
        for megabytes in [*range(starts + 2, starts + 48, 6), starts + 80, starts + 300]:
            (home / "kept.py").write_text("# before\n")
            done = run([asyncport, *command], home, preexec_fn=limited(resource.RLIMIT_AS, megabytes << 20))
            case = f"memory: {megabytes} MB, {command[0]} {command[-1]}"
            codes.append(done.returncode)
            said = done.stderr + (done.stdout if command[0] == "check" else "")
            need(done.returncode in (0, 1, 2), f"{case}: exit {done.returncode}, {done.stderr[:300]}")
            need(done.returncode != 2 or "memory" in said or "the system refused" in said, f"{case}: says {said[:300]!r}")
            need("report it" not in said and "bad_alloc" not in said, f"{case}: takes it for a mistake: {said[:300]}")
            need((home / "kept.py").read_text() in ("# before\n", whole.stdout), f"{case}: the file is neither old nor new")
            if (home / "few" / "large.py").exists():
                need((home / "few" / "large.py").read_text() == whole.stdout, f"{case}: half a file in the folder")
                shutil.rmtree(home / "few")
    need(0 in codes and 2 in codes, f"memory: the limits were all on one side: {sorted(set(codes))}")


def full_file_system(asyncport, home):
    """A file system of 64 KB that is nearly full."""
    script = f"""set -e
mount -t tmpfs -o size=64k none "{home}/small"
cd "{home}/small"
printf '# before\\n' > out.py
head -c 40000 /dev/zero > filler
set +e
"{asyncport}" ../a.js ../b.js --to py --out-dir folder 2> ../err.txt; echo $? >> ../codes.txt
"{asyncport}" ../wide.js --to py -o out.py --force 2>> ../err.txt; echo $? >> ../codes.txt
find . -type f | sort > ../left.txt; cat out.py > ../before.txt; cp -r folder ../copied 2>/dev/null
exit 0
"""
    (home / "small").mkdir()
    (home / "wide.js").write_text(JS * 1200)
    (home / "b.js").write_text(JS * 1000)
    done = run(["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script], home)
    if done.returncode != 0:
        return print(f"skipped: a full file system (unshare and mount are not allowed here: {done.stderr.strip()[:100]})")
    codes = (home / "codes.txt").read_text().split()
    said = (home / "err.txt").read_text()
    need(codes == ["2", "2"], f"full file system: exit {codes}, {said[:300]}")
    need("No space left" in said or "no space" in said.lower(), f"full file system: says {said[:300]!r}")
    need((home / "before.txt").read_text() == "# before\n", "full file system: the old file is not whole")
    left = (home / "left.txt").read_text().split()
    need(set(left) <= {"./filler", "./out.py", "./folder/a.py", "./folder/b.py"}, f"full file system: left {left}")
    for name in ("a", "b"):
        copied = home / "copied" / f"{name}.py"
        if copied.exists():
            whole = run([asyncport, f"{name}.js", "--to", "py"], home)
            need(copied.read_text() == whole.stdout, f"full file system: half of {name}.py")


def many_open_files(asyncport, home, answers):
    """1,000 descriptors that are open already, of 1,024 that are allowed."""
    held = [os.open(os.devnull, os.O_RDONLY) for _ in range(1000)]
    try:
        before = limited(resource.RLIMIT_NOFILE, 1024)
        done = run([asyncport, *answers, "--to", "js", "--out-dir", "held", "-j", "2"], home, preexec_fn=before, pass_fds=held)
        need(done.returncode in (0, 1), f"1,000 open files: exit {done.returncode}, {done.stderr[:300]}")
        need(len(list((home / "held").glob("*.mjs"))) == len(answers), "1,000 open files: not every file is there")
        # None is left at all: said, not crashed.
        none = limited(resource.RLIMIT_NOFILE, 3)
        done = run([asyncport, "a.js", "--to", "py"], home, preexec_fn=none)
        need(done.returncode in (2, 127) and done.stderr, f"no open file is left: exit {done.returncode}, {done.stderr[:300]}")
    finally:
        for handle in held:
            os.close(handle)


def vanishing_files(asyncport, home):
    """Files that go while they are worked on: each is named, the others are translated."""
    folder = home / "going"
    folder.mkdir()
    for i in range(400):
        (folder / f"m{i:03}.py").write_text(PY * 5)
    (home / "list.txt").write_text("".join(f"going/m{i:03}.py\n" for i in range(400)))
    child = subprocess.Popen([asyncport, "--files-from", "list.txt", "--to", "js", "--out-dir", "gone-out"], cwd=home, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    time.sleep(0.1)
    for i in range(399, 199, -1):
        (folder / f"m{i:03}.py").unlink()
    said = child.communicate(timeout=300)[1]
    need(child.returncode in (0, 1, 2), f"vanishing files: exit {child.returncode}, {said[:300]}")
    made = {path.stem for path in (home / "gone-out").rglob("*.mjs")}
    missing = [f"m{i:03}" for i in range(400) if f"m{i:03}" not in made]
    need(not missing or child.returncode == 2, f"vanishing files: exit {child.returncode} though {len(missing)} are missing")
    # A list of which a file is gone at the start is refused as a whole, with its name.
    if not made:
        return need("no such file" in said, f"vanishing files: says {said[:300]!r}")
    unnamed = [name for name in missing if name not in said]
    need(not unnamed, f"vanishing files: {len(unnamed)} are missing without a word: {unnamed[:3]}")
    need(all(f"m{i:03}" in made for i in range(200)), "vanishing files: some that stayed are missing")


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

        many_open_files(asyncport, home, answers)
        vanishing_files(asyncport, home)
        low_memory(asyncport, home)
        full_file_system(asyncport, home)

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
