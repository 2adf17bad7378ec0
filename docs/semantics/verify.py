"""Run every async pair in both runtimes and compare what the two programs print.

Usage: python3 docs/semantics/verify.py [NAME-PART ...]

It needs no translator: it shows that the catalogue's own programs agree. Each folder
under tests/behaviour/pairs/async/ holds a source program, the same program translated to
the other language, and lessons.txt with the lesson codes the translator should
report. A pair passes when both programs exit with status 0, print exactly the
same text, keep stderr free of runtime complaints, and every lesson code is
declared in async.md.
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
PAIRS = ROOT.parent.parent / "tests" / "behaviour" / "pairs" / "async"
RUNNERS = {".js": ["node"], ".py": [sys.executable, "-X", "dev"]}
COMPLAINTS = (
    "was never awaited",
    "never retrieved",
    "Task was destroyed",
    "UnhandledPromiseRejection",
    "MaxListenersExceededWarning",
    "DeprecationWarning",
    "ResourceWarning",
)


def declared_lessons():
    catalogue = (ROOT / "async.md").read_text(encoding="utf-8")
    return set(re.findall(r"^\| `([a-z0-9-]+)` \|", catalogue, flags=re.MULTILINE))


def run(path):
    return subprocess.run(
        [*RUNNERS[path.suffix], path.name],
        cwd=path.parent,
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        timeout=30,
        check=False,
    )


def check(folder, known_lessons):
    source = next(folder.glob("source.*"))
    target = next(folder.glob("target.*"))
    if {source.suffix, target.suffix} != {".js", ".py"}:
        return "needs one JavaScript and one Python program"
    outputs = []
    for path in (source, target):
        result = run(path)
        if result.returncode:
            return f"{path.name} exited with {result.returncode}\n{result.stderr}"
        for complaint in COMPLAINTS:
            if complaint in result.stderr:
                return f"{path.name} complained on stderr\n{result.stderr}"
        outputs.append(result.stdout)
    if outputs[0] != outputs[1]:
        return f"output differs\n<<< source\n{outputs[0]}>>> target\n{outputs[1]}"
    if not outputs[0]:
        return "prints nothing"
    codes = (folder / "lessons.txt").read_text(encoding="utf-8").split()
    if known_lessons is not None and (unknown := set(codes) - known_lessons):
        return f"lesson codes missing from async.md: {sorted(unknown)}"
    return None


def main():
    wanted = sys.argv[1:]
    known = declared_lessons() if (ROOT / "async.md").exists() else None
    passed = failed = 0
    for folder in sorted(PAIRS.iterdir()):
        if not folder.is_dir():
            continue
        if wanted and not any(part in folder.name for part in wanted):
            continue
        problem = check(folder, known)
        if problem is None:
            passed += 1
        else:
            failed += 1
            print(f"FAIL {folder.name}: {problem}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
