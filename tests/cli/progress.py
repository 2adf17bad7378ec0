#!/usr/bin/env python3
"""The progress line of `check`: on a terminal after half a second, and never elsewhere.

    progress.py --asyncport build/asyncport

One of the files is a named pipe that is written late, so that the run takes as long as wanted on any machine.
"""

import argparse
import os
import pty
import select
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

EARLY_S = 0.45  # nothing may be seen before; a little less than half a second, since clocks start apart
LATE_S = 1.5


def run(asyncport, folder, late, terminal):
    """[(seconds, text)] of what came on standard error, and standard output. `terminal`: "stderr", "stdout" or ""."""
    fifo = folder / "late.py"
    os.mkfifo(fifo)
    writer = threading.Thread(target=lambda: (time.sleep(late), fifo.write_text("print(1)\n")))
    ours, theirs = pty.openpty() if terminal else os.pipe()
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    watched = terminal or "stderr"
    streams[watched] = theirs
    start = time.monotonic()
    writer.start()
    process = subprocess.Popen([asyncport, "check", "--isolated", "early.py", "late.py"], cwd=folder, **streams)
    os.close(theirs)
    seen = []
    while True:
        ready, _, _ = select.select([ours], [], [], 20)
        if not ready:
            raise TimeoutError("it does not end")
        try:
            data = os.read(ours, 4096)
        except OSError:  # a terminal that nobody holds any more
            data = b""
        if not data:
            break
        seen.append((time.monotonic() - start, data.decode()))
    other = (process.stderr if watched == "stdout" else process.stdout).read().decode()
    process.wait()
    writer.join()
    os.close(ours)
    fifo.unlink()
    return seen, other


def check(asyncport, folder):
    seen, other = run(asyncport, folder, LATE_S, "stderr")
    text = "".join(piece for _, piece in seen)
    if "checked 1 of 2 files" not in text:
        yield f"no progress on a terminal: {text!r}"
    if seen and seen[0][0] < EARLY_S:
        yield f"it came after {seen[0][0]:.2f} s"
    if not text.endswith("\r\x1b[K"):
        yield f"the line is not cleared: {text!r}"
    if "checked" in other:
        yield f"progress on standard output: {other!r}"
    seen, other = run(asyncport, folder, 0.0, "stderr")
    if seen and seen[0][0] < EARLY_S:
        yield f"a short run says something: {seen!r}"
    seen, other = run(asyncport, folder, LATE_S, "")
    if seen:
        yield f"progress in a pipe: {seen!r}"
    seen, other = run(asyncport, folder, LATE_S, "stdout")
    if other or "checked" in "".join(piece for _, piece in seen):
        yield f"progress where only standard output is a terminal: {seen!r} {other!r}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--asyncport", type=Path, required=True)
    asyncport = str(parser.parse_args().asyncport.resolve())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "early.py").write_text("print(0)\n", encoding="utf-8")
        wrong = list(check(asyncport, folder))
    print("\n".join(wrong or ["4 passed, 0 failed"]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
