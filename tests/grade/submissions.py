#!/usr/bin/env python3
"""Grades the labelled submissions of tests/grade/submissions and compares criterion by criterion.

A file holds the submissions to the exercise that it is named after: `=== NAME | pass` or `=== NAME | fail CRITERION...`,
then the code. The labels were written before anything was graded. At least 98 % of the criteria must be judged as labelled,
and nothing that is labelled wrong may pass.

    submissions.py --asyncport build/asyncport
"""
import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
SHARE = 0.98


def read(path):
    entries = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("=== "):
            name, _, label = line[4:].partition(" | ")
            entries.append((name, label.split(), []))
        else:
            entries[-1][2].append(line)
    return [(name, label, "\n".join(code) + "\n") for name, label, code in entries]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--asyncport", required=True)
    parser.add_argument("--show", action="store_true", help="the comments of what differs")
    options = parser.parse_args()
    right = total = false_pass = 0
    for path in sorted((HERE / "submissions").glob("*.txt")):
        entries = read(path)
        with tempfile.TemporaryDirectory() as folder:
            files = []
            for i, (_, _, code) in enumerate(entries):
                file = Path(folder) / f"{i:03}.txt"
                file.write_text(code, encoding="utf-8")
                files.append(str(file))
            command = [options.asyncport, "grade", path.stem, *files, "--format", "jsonl", "--all-comments"]
            done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
        verdicts = [json.loads(line) for line in done.stdout.splitlines()]
        for (name, label, _), verdict in zip(entries, verdicts):
            fails = set(label[1:])
            unknown = fails - {c["id"] for c in verdict["criteria"]}
            if unknown:
                sys.exit(f"{path.name}: {name}: there is no criterion {unknown}")
            differs = []
            for criterion in verdict["criteria"]:
                if criterion["status"] == "manual":
                    continue
                total += 1
                if (criterion["status"] == "passed") == (criterion["id"] not in fails):
                    right += 1
                else:
                    differs.append(criterion)
            if verdict["passed"] and fails:
                false_pass += 1
                print(f"{path.stem}: {name}: passes, and should not")
            for criterion in differs:
                print(f"{path.stem}: {name}: {criterion['id']} is {criterion['status']}", verdict.get("error", ""))
                for comment in criterion["feedback"] if options.show else []:
                    print("   ", (comment["range"] or {}).get("start"), comment["message"])
    print(f"{right} of {total} criteria judged as labelled ({right / total:.2%}), {false_pass} false passes")
    return 1 if false_pass or right < SHARE * total else 0


if __name__ == "__main__":
    sys.exit(main())
