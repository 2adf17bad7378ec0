#!/usr/bin/env python3
"""Writes every report format for the answers in tests/grade/reports/answers and compares it with its golden; checks what the
readers of each format require (schemas.py holds JSON, SARIF and JUnit against their schemas); grades many copies as a batch.

    reports.py --asyncport build/asyncport [--update]
"""
import argparse
import base64
import json
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
GOLDENS = HERE / "reports"
NAMES = ["good.py", "sequential.py", "<b>&`x`.py", "missing.py"]
# format -> (suffix, all answers or one)
FORMATS = {
    "text": ("txt", True), "json": ("json", True), "jsonl": ("jsonl", True), "markdown": ("md", True), "exercism": ("json", False),
    "gradescope": ("json", False), "github-classroom": ("json", False), "codegrade": ("txt", True), "check50": ("json", False),
    "coderunner": ("json", False), "junit": ("xml", True), "tap": ("tap", True), "sarif": ("sarif", True),
}
problems = []


def need(condition, what):
    if not condition:
        problems.append(what)


def grade(asyncport, form, names, *more, env=None):
    command = [asyncport, "grade", "load-dashboard", *names, "--format", form, *more]
    return subprocess.run(command, cwd=GOLDENS / "answers", capture_output=True, text=True, timeout=120, check=False, env=env)


def check_sarif(document):
    need(document["version"] == "2.1.0" and document["$schema"].endswith("sarif-2.1.0.json"), "sarif: version and schema")
    for run in document["runs"]:
        driver = run["tool"]["driver"]
        need(driver["name"] and driver["rules"], "sarif: driver")
        for rule in driver["rules"]:
            texts = [rule["shortDescription"]["text"], rule["fullDescription"]["text"], rule["help"]["text"]]
            need(all(text and len(text) <= 1024 for text in texts), "sarif: texts of rules")
            need(rule["defaultConfiguration"]["level"] in ("note", "warning", "error"), "sarif: level of a rule")
        for result in run["results"]:
            need(driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"], "sarif: ruleIndex")
            need(result["message"]["text"] and result["partialFingerprints"]["primaryLocationLineHash"], "sarif: result")
            place = result["locations"][0]["physicalLocation"]
            need(re.fullmatch(r"[A-Za-z0-9._~/%-]+", place["artifactLocation"]["uri"]), "sarif: uri")
            region = place["region"]
            need((region["startLine"], region["startColumn"]) <= (region["endLine"], region["endColumn"]), "sarif: region")


def check_junit(text):
    root = ET.fromstring(text)
    need(root.tag == "testsuites", "junit: root")
    for suite in root:
        cases = list(suite)
        need(suite.tag == "testsuite" and int(suite.get("tests")) == len(cases), "junit: tests of a suite")
        for kind in ("failure", "error", "skipped"):
            attribute = {"failure": "failures", "error": "errors", "skipped": "skipped"}[kind]
            need(int(suite.get(attribute)) == sum(case.find(kind) is not None for case in cases), f"junit: {attribute}")
        for case in cases:
            need(case.tag == "testcase" and case.get("name") and case.get("classname"), "junit: case")
    need(int(root.get("failures")) == sum(int(s.get("failures")) for s in root), "junit: failures")


def check(form, text):
    if form == "sarif":
        check_sarif(json.loads(text))
    elif form == "junit":
        check_junit(text)
    elif form == "gradescope":
        result = json.loads(text)
        need(isinstance(result["score"], (int, float)) and result["output_format"] == "text", "gradescope: score")
        for test in result["tests"]:
            need(test["output_format"] == "text" and test["name"], "gradescope: text only")
            need("score" not in test or test["score"] <= test["max_score"], "gradescope: points")
    elif form == "exercism":
        result = json.loads(text)
        for comment in result["comments"]:
            need(re.fullmatch(r"(python|javascript)\.[a-z0-9-]+\.[a-z0-9_-]+", comment["comment"]), "exercism: pointer")
            need(comment["type"] in ("essential", "actionable", "informative", "celebratory"), "exercism: type")
        need(len(result["comments"]) <= 3, "exercism: three comments")
    elif form == "check50":
        result = json.loads(text)
        need({"slug", "results", "version"} <= set(result), "check50: top")
        for entry in result["results"]:
            need({"name", "description", "passed", "log", "cause", "data", "dependency"} <= set(entry), "check50: result")
            need(entry["passed"] in (True, False, None), "check50: passed")
    elif form == "github-classroom":
        result = json.loads(text)
        need(result["version"] == 1 and result["status"] in ("pass", "fail", "error"), "github-classroom: top")
        need(all({"name", "status", "score", "message", "test_code", "filename", "line_no", "duration"} <= set(t) for t in result["tests"]), "github-classroom: tests")
    elif form == "coderunner":
        result = json.loads(text)
        need(0 <= result["fraction"] <= 1 and len({len(row) for row in result["testresults"]}) == 1, "coderunner: table")
        need("<b>" not in result["instructorhtml"] + result["epiloguehtml"], "coderunner: HTML")
    elif form == "codegrade":
        last = json.loads(text.splitlines()[-1])
        need(last["tag"] == "points" and re.fullmatch(r"[0-9.]+/[0-9]+", last["points"]), "codegrade: last line")
    elif form == "tap":
        lines = text.splitlines()
        count = sum(re.match(r"(not )?ok \d+ - ", line) is not None for line in lines)
        need(lines[0] == "TAP version 14" and lines[1] == f"1..{count}", "tap: plan")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--asyncport", required=True)
    parser.add_argument("--update", action="store_true")
    options = parser.parse_args()
    asyncport = str(Path(options.asyncport).resolve())
    for form, (suffix, batch) in FORMATS.items():
        done = grade(asyncport, form, NAMES if batch else ["sequential.py"], "--all-comments" if form != "exercism" else "-j1")
        need(done.returncode == (2 if batch else 1), f"{form}: exit {done.returncode}")
        text = re.sub(r'("(version|semanticVersion)":")\d+\.\d+\.\d+(")', r"\1VERSION\3", done.stdout)
        check(form, done.stdout)
        golden = GOLDENS / f"{form}.{suffix}"
        if options.update:
            golden.write_text(text, encoding="utf-8")
        elif text != golden.read_text(encoding="utf-8"):
            problems.append(f"{form}: differs from {golden.name}:\n{text}")
    need(grade(asyncport, "json", ["good.py"]).returncode == 0, "a good answer: exit 0")
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "out"
        done = grade(asyncport, "github-classroom", ["good.py"], "--base64", env={**os.environ, "GITHUB_OUTPUT": str(output)})
        need(json.loads(base64.b64decode(done.stdout))["status"] == "pass", "github-classroom: base64")
        need(output.read_text() == "result=" + done.stdout, "github-classroom: the step's output")
        grade(asyncport, "exercism", ["good.py"], "--output", folder)
        tags = json.loads((Path(folder) / "tags.json").read_text())["tags"]
        need("construct:async-await" in tags and "technique:concurrency" in tags, "exercism: tags")
        # Many: the order is that of the arguments, and equal answers are one cluster.
        names = []
        for i in range(200):
            name = f"{folder}/{i:03}.py"
            original = GOLDENS / "answers" / NAMES[i % 2]
            Path(name).write_text(original.read_text().replace("user_id", f"user_id_{i}"))
            names.append(name)
        lines = [json.loads(line) for line in grade(asyncport, "jsonl", names, "-j2").stdout.splitlines()]
        need([line.get("submission") for line in lines[:-1]] == names, "batch: order")
        summary = lines[-1]["summary"]
        need(summary["passed"] == 100 and [len(c) for c in summary["clusters"]] == [100, 100], "batch: clusters")
    for problem in problems:
        print(problem)
    print(f"{len(FORMATS)} formats, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
