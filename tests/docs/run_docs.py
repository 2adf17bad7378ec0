#!/usr/bin/env python3
"""Runs the examples of the documentation: every ```console block of the given Markdown files.

A block is `$ COMMAND` followed by what it prints (both streams, in that order). The command runs under bash in the root of
the repository with the given asyncport on the PATH. `--update` rewrites the blocks instead of comparing.

    run_docs.py --asyncport build/release/asyncport README.md docs/*.md
"""
import argparse
import os
import re
import subprocess
import sys
from pathlib import Path

BLOCK = re.compile(r"^```console\n(?P<body>.*?)^```$", re.DOTALL | re.MULTILINE)

# AddressSanitizer says this at the first switch of fibers, also to programs that announce theirs as it asks them to.
SANITIZER = re.compile(r"^==\d+==WARNING: ASan doesn't fully support makecontext/swapcontext .*\n", re.MULTILINE)


def run(command: str, root: Path, asyncport: Path) -> str:
    environment = {
        "PATH": f"{asyncport.parent}:{os.environ['PATH']}",
        "LC_ALL": "C.UTF-8",
        "HOME": os.environ.get("HOME", "/"),
    }
    done = subprocess.run(
        ["bash", "-c", command], cwd=root, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    return done.stdout + SANITIZER.sub("", done.stderr)


def refresh(body: str, root: Path, asyncport: Path) -> str:
    commands = [line[2:] for line in body.splitlines() if line.startswith("$ ")]
    parts = []
    for command in commands:
        printed = run(command, root, asyncport)
        if printed and not printed.endswith("\n"):
            printed += "\n"
        parts.append(f"$ {command}\n{printed}")
    return "".join(parts)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--asyncport", type=Path, required=True)
    parser.add_argument("--update", action="store_true")
    parser.add_argument("files", type=Path, nargs="+")
    options = parser.parse_args()
    root = Path(__file__).resolve().parents[2]
    asyncport = options.asyncport.resolve()
    failed = passed = 0
    for path in options.files:
        text = path.read_text(encoding="utf-8")

        def check(match: re.Match, path: Path = path) -> str:
            nonlocal failed, passed
            actual = refresh(match["body"], root, asyncport)
            if actual == match["body"]:
                passed += 1
            elif not options.update:
                failed += 1
                print(f"{path}: an example prints something else now:\n{actual}", file=sys.stderr)
            return f"```console\n{actual}```"

        updated = BLOCK.sub(check, text)
        if options.update and updated != text:
            path.write_text(updated, encoding="utf-8")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or (passed == 0 and not options.update) else 0


if __name__ == "__main__":
    sys.exit(main())
