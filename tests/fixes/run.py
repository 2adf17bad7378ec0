#!/usr/bin/env python3
"""Safe fixes keep what a program prints: runs each program of this folder, mends a copy, runs that, and compares.

    run.py --asyncport build/asyncport

Every id with a safe fix must be mended in one of them. The mended copy must check clean of what has a safe fix, keep every comment that is not one of ours, and differ from the original.
"""
import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

RUNTIMES = {".js": ["node"], ".py": [sys.executable]}
COMMENT = {".js": re.compile(r"//.*|/\*.*?\*/"), ".py": re.compile(r"#.*")}


def printed(path: Path) -> str:
    done = subprocess.run([*RUNTIMES[path.suffix], str(path)], capture_output=True, text=True, timeout=60, check=False)
    return f"exit {done.returncode}\n{done.stdout}"


def comments(path: Path) -> list[str]:
    found = COMMENT[path.suffix].findall(path.read_text(encoding="utf-8"))
    return [comment for comment in found if "asyncport-ignore" not in comment]


def findings(path: Path, asyncport: str) -> list[dict]:
    command = [asyncport, "check", "--isolated", "--format", "json", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return json.loads(done.stdout)["diagnostics"]


def with_safe_fix(path: Path, asyncport: str) -> set[str]:
    return {
        finding["id"]
        for finding in findings(path, asyncport)
        if any(fix["applicability"] == "safe" for fix in finding["fixes"])
    }


def check(path: Path, asyncport: str, folder: Path, mended: set[str]) -> str | None:
    # A module, so that it may await at its top.
    copy = folder / (path.stem + (".mjs" if path.suffix == ".js" else path.suffix))
    RUNTIMES[copy.suffix] = RUNTIMES[path.suffix]
    COMMENT[copy.suffix] = COMMENT[path.suffix]
    shutil.copy(path, copy)
    before = printed(copy), comments(copy)
    mended |= with_safe_fix(copy, asyncport)
    subprocess.run([asyncport, "fix", "--isolated", str(copy)], capture_output=True, check=False)
    if copy.read_text(encoding="utf-8") == path.read_text(encoding="utf-8"):
        return "nothing was mended"
    if (printed(copy), comments(copy)) != before:
        return f"it prints or says something else: {before} / {printed(copy), comments(copy)}"
    left = sorted(with_safe_fix(copy, asyncport))
    return f"still there: {left}" if left else None


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--asyncport", required=True)
    asyncport = str(Path(parser.parse_args().asyncport).resolve())
    failed = 0
    programs = sorted(path for path in Path(__file__).parent.iterdir() if path.suffix in (".js", ".py") and path.name != "run.py")
    mended: set[str] = set()
    with tempfile.TemporaryDirectory() as folder:
        for path in programs:
            if problem := check(path, asyncport, Path(folder), mended):
                print(f"{path.name}: {problem}")
                failed += 1
    listed = subprocess.run([asyncport, "rules", "--json"], capture_output=True, text=True, check=True).stdout
    rules = json.loads(listed)
    rules = rules if isinstance(rules, list) else rules["rules"]
    for untried in sorted({rule["id"] for rule in rules if rule.get("fix") == "safe"} - mended):
        print(f"{untried}: has a safe fix, and no program here that it mends")
        failed += 1
    print(f"{len(programs) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
