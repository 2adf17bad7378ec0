#!/usr/bin/env python3
"""Files that are no answers at all, for every exercise: empty, comments only, a docstring only, the starting code, the
starting code and good answers of other exercises in the wrong language. Each fails with exactly one comment, the right one.

    no_answers.py --asyncport build/asyncport
"""
import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from cards import cards

EMPTY = {
    "py": ["", "\n\n  \n", "# todo\n", "# def load():\n#     return await fetch()\n\n# end\n", '"""Todo."""\n', "\ufeff", "# eins\r\n# zwei\r\n", "pass\n"],
    "js": ["", "\n\n  \n", "// todo\n", "/* async function load() {\n  return await fetch();\n} */\n", '"use strict";\n', "\ufeff", "// eins\r\n// zwei\r\n", ";\n"],
}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--asyncport", required=True)
    options = parser.parse_args()
    every = cards()
    problems = []
    count = 0
    for card in every:
        others = [other for other in every if other.language != card.language]
        files = [("empty-submission", text) for text in EMPTY[card.language]]
        files.append(("wrong-language", card.start))
        # The other language, also where it has nothing to do with the task.
        files += [("wrong-language", other.accepted()[0][1]) for other in others]
        files += [("wrong-language|no-answer", other.start) for other in every if other.language == card.language and other.id != card.id]
        with tempfile.TemporaryDirectory() as folder:
            names = []
            for i, (_, text) in enumerate(files):
                path = Path(folder) / f"{i:03}.{card.language}"
                path.write_text(text, encoding="utf-8", newline="")
                names.append(str(path))
            command = [options.asyncport, "grade", card.id, *names, "--format", "jsonl", "--all-comments"]
            done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
        verdicts = [json.loads(line) for line in done.stdout.splitlines()][: len(files)]
        if done.returncode != 1 or len(verdicts) != len(files):
            problems.append(f"{card.id}: exit {done.returncode}, {len(verdicts)} verdicts: {done.stderr}")
        for (wanted, text), verdict in zip(files, verdicts):
            count += 1
            comments = [comment for criterion in verdict["criteria"] for comment in criterion["feedback"]]
            if verdict["passed"] or "error" in verdict or len(comments) != 1 or comments[0]["id"] not in wanted.split("|"):
                problems.append(f"{card.id}: expected one comment, {wanted}: {verdict.get('error')} {[c['message'] for c in comments]}\n{text[:300]!r}")
    for problem in problems:
        print(problem)
    print(f"{count} files that are no answers, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
