#!/usr/bin/env python3
"""The short run of the fuzz targets: inputs that once broke something, then changed programs, seventeen seconds a target.

    run.py --replay build/tests/fuzz/fuzz-replay --work FOLDER [--seconds 17] [--seed N] [--target NAME]

The seed is printed. What breaks is kept in FOLDER/last-TARGET: shrink it, mend it, and put it into tests/fuzz/found/TARGET.
"""
import argparse
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
TARGETS = ("translate", "check", "grade", "card", "exercise", "config", "lsp")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--replay", required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--seconds", type=float, default=17)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--target", choices=TARGETS)
    options = parser.parse_args()
    corpus = options.work / "corpus"
    subprocess.run([sys.executable, HERE / "make_corpus.py", corpus, "--most", "60"], check=True)

    def run(target):
        keep = options.work / f"last-{target}"
        # Old findings first, alone: nothing is changed there.
        for seconds, inputs in ((0, HERE / "found" / target), (options.seconds, corpus / target)):
            command = [options.replay, f"--target={target}", f"--seconds={seconds}", f"--seed={options.seed}", f"--keep={keep}", str(inputs)]
            started = time.monotonic()
            done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
            if done.returncode != 0:
                return f"{target}: exit {done.returncode} after {time.monotonic() - started:.0f} s, seed {options.seed}\n{done.stderr[-6000:]}"
        return done.stdout.strip()

    bad = False
    with ThreadPoolExecutor(2) as pool:
        for said in pool.map(run, [options.target] if options.target else TARGETS):
            print(said)
            bad = bad or ": exit " in said
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
