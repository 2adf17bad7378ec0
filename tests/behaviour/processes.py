"""Runs one program with a time limit, bounded output and nothing left behind.

It knows nothing about pairs or translators. Each program gets its own session and a mark in
its environment, so that children which left the process group are found after a timeout too.

Example: run(["node", "main.js"], cwd, 10).code == 0
"""

import os
import resource
import signal
import subprocess
import tempfile
import time
import uuid
from dataclasses import dataclass

LONGEST_OUTPUT = 8 << 20
LARGEST_FILE = 64 << 20
LARGEST_PYTHON = 6 << 30
MARK = "ASYNCPORT_TEST_PROCESS"


@dataclass
class Finished:
    code: int
    out: str
    err: str
    timed_out: bool
    seconds: float


def limit_this_process():
    """No core files and no endless files, for this process and all that it starts."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    limit = LARGEST_FILE if hard == resource.RLIM_INFINITY else min(LARGEST_FILE, hard)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)


def environment(home, mark):
    env = {
        "PATH": os.environ.get("PATH", "/usr/bin:/bin"), "HOME": home, "TMPDIR": home,
        "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TZ": "UTC", "NO_COLOR": "1",
        "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1",
        "NODE_OPTIONS": "--max-old-space-size=2048", "NODE_NO_WARNINGS": "1", MARK: mark,
    }  # fmt: skip
    for name in ("LD_LIBRARY_PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS"):
        if name in os.environ:
            env[name] = os.environ[name]
    return env


def kill_marked(mark):
    """Ends what carries the mark in its environment, wherever it went."""
    wanted = f"{MARK}={mark}".encode()
    for name in os.listdir("/proc"):
        if not name.isdigit() or int(name) == os.getpid():
            continue
        try:
            with open(f"/proc/{name}/environ", "rb") as file:
                if wanted in file.read():
                    os.kill(int(name), signal.SIGKILL)
        except OSError:
            pass


def end_group(process):
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass
    if process.poll() is None:
        process.kill()
    process.wait()


def wait(process, timeout, memory):
    """True if it ran past the timeout. Nothing of its group is left afterwards."""
    try:
        if memory:
            try:
                resource.prlimit(process.pid, resource.RLIMIT_AS, (memory, memory))
            except (OSError, ProcessLookupError):
                pass
        process.wait(timeout)
        return False
    except subprocess.TimeoutExpired:
        return True
    finally:
        end_group(process)


def run(command, cwd, timeout, stdin=None, memory=None):
    """`stdin` is a path, or None for nothing to read; `memory` bounds the address space."""
    # The runner's own number first: another runner on the machine has marks of its own.
    mark, start = f"{os.getpid()}-{uuid.uuid4().hex}", time.monotonic()
    with (
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as err,
        open(stdin or os.devnull, "rb") as source,
    ):
        try:
            process = subprocess.Popen(
                command, cwd=cwd, stdin=source, stdout=out, stderr=err,
                env=environment(str(cwd), mark), start_new_session=True,
            )  # fmt: skip
        except OSError as problem:
            return Finished(127, "", str(problem), False, 0.0)
        timed_out = wait(process, timeout, memory)
        if timed_out:
            kill_marked(mark)
        texts = []
        for file in (out, err):
            file.seek(0)
            texts.append(file.read(LONGEST_OUTPUT).decode("utf-8", "replace"))
    seconds = round(time.monotonic() - start, 3)
    return Finished(process.returncode, texts[0], texts[1], timed_out, seconds)
