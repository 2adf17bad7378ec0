#!/usr/bin/env python3
"""Runs the examples on the pages of ids that topics in C++ and phases report (`rules/structural`, `rules/diagnostics`).

An example with a mark (`//~ id`) is looked at by the unit tests. One without a mark shows what the translation makes right
without a word: it is translated, source and translation are run, and both must print the same. Where the page shows a
translation (`py after`), that one is run too; `--update` puts the text in that is printed now.

    run_examples.py --asyncport build/release/asyncport rules/structural rules/diagnostics
"""
import argparse
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

PAIR = re.compile(
    r"^```(?P<language>js|py) before\n(?P<before>.*?)^```$(?P<between>\n(?:^```(?:js|py) after\n(?P<after>.*?)^```$)?)",
    re.DOTALL | re.MULTILINE,
)
MARK = re.compile(r"(//|#)~ ")
OTHER = {"js": "py", "py": "js"}
ENDINGS = {"js": ".mjs", "py": ".py"}
RUNTIMES = {"js": "node", "py": sys.executable}


def run(language: str, text: str) -> tuple[int, str, str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"example{ENDINGS[language]}"
        path.write_text(text, encoding="utf-8")
        done = subprocess.run(
            [RUNTIMES[language], path], capture_output=True, text=True, timeout=30, check=False, stdin=subprocess.DEVNULL
        )
        return done.returncode, done.stdout, done.stderr


def translated(asyncport: Path, language: str, text: str) -> str:
    command = [asyncport, "-", "--from", language, "--isolated"]
    return subprocess.run(command, input=text, capture_output=True, text=True, timeout=30, check=False).stdout


def problems_of(match: re.Match, made: str) -> list[str]:
    language = match["language"]
    source = run(language, match["before"])
    problems = []
    if source[0] != 0:
        problems.append(f"the source fails:\n{source[2]}")
    for text in {made, match["after"] or made}:
        target = run(OTHER[language], text)
        if source[:2] != target[:2]:
            problems.append(f"prints\n{source[1]}but its translation\n{target[1]}{target[2]}\n{text}")
    return problems


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--asyncport", type=Path, required=True)
    parser.add_argument("--update", action="store_true")
    parser.add_argument("folders", type=Path, nargs="+")
    options = parser.parse_args()
    asyncport = options.asyncport.resolve()

    def check(path: Path) -> tuple[int, list[str]]:
        text = path.read_text(encoding="utf-8")
        problems: list[str] = []
        count = 0

        def refresh(match: re.Match) -> str:
            nonlocal count
            if MARK.search(match["before"]):
                return match[0]
            count += 1
            made = translated(asyncport, match["language"], match["before"])
            problems.extend(problems_of(match, made))
            if match["after"] is None or match["after"] == made:
                return match[0]
            return match[0].replace(f"after\n{match['after']}", f"after\n{made}")

        updated = PAIR.sub(refresh, text)
        if options.update and updated != text:
            path.write_text(updated, encoding="utf-8")
        return count, [f"{path}: {problem}" for problem in problems]

    paths = [path for folder in options.folders for path in sorted(folder.glob("*.md"))]
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(check, paths))
    for _, problems in results:
        for problem in problems:
            print(problem, file=sys.stderr)
    failed = sum(bool(problems) for _, problems in results)
    ran = sum(count for count, _ in results)
    print(f"{ran} examples ran, {failed} pages failed")
    return 1 if failed or ran == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
