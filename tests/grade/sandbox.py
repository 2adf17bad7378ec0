#!/usr/bin/env python3
"""`--run`: answers run in a sandbox, and what they really do counts. Left out, loudly, where bubblewrap is missing or may make
no namespaces.

    sandbox.py --asyncport build/asyncport
"""
import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from cards import EXERCISES, cards

JS_DRIVER = 'console.log(...values(await answer("u1")));'

GOOD = """import asyncio

async def load_dashboard(user_id):
    user, posts = await asyncio.gather(fetch_user(user_id), fetch_posts(user_id))
    return {"user": user, "posts": posts}
"""
# name: (code, does it pass?)
ANSWERS = {
    "good": (GOOD, True),
    "endless": (GOOD + "\nwhile True:\n    pass\n", False),
    "forks": (GOOD + "\nimport os\nwhile True:\n    os.fork()\n", False),
    "network": (GOOD + "\nimport socket\nsocket.create_connection(('127.0.0.1', PORT), timeout=2)\n", False),
    "reads": (GOOD + "\nopen('SECRET').read()\n", False),
    "writes": (GOOD + "\nopen('/box/answer', 'w').write('x')\n", False),
    "prints": (GOOD + "\nwhile True:\n    print('x' * 1000)\n", False),
    # The walk does not know what `eval` gives; running does.
    "lies": (GOOD.replace("asyncio.gather(", "together("). replace("import asyncio", "import asyncio\n\nasync def together(*jobs):\n    return await asyncio.gather(*jobs)\n\nasync def one(*jobs):\n    return [await job for job in jobs]\n\nglobals()['tog' + 'ether'] = one\n"), False),
}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--asyncport", required=True)
    parser.add_argument("--all", action="store_true", help="every accepted answer of every exercise; else one of each")
    options = parser.parse_args()
    asyncport = str(Path(options.asyncport).resolve())
    problems = []
    count = len(ANSWERS)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        answer = home / "answer.py"
        answer.write_text(GOOD)
        empty = subprocess.run([asyncport, "grade", "load-dashboard", str(answer), "--run"], env={"PATH": folder}, capture_output=True, text=True, check=False)
        if empty.returncode != 2 or "bubblewrap" not in empty.stderr:
            problems.append("without bubblewrap --run is not refused")
        probe = shutil.which("bwrap") and subprocess.run(["bwrap", "--unshare-all", "--ro-bind", "/", "/", "true"], capture_output=True, check=False).returncode == 0
        if not probe:
            print("left out: bubblewrap is missing or may make no namespaces here")
        else:
            secret = home / "secret"
            secret.write_text("secret")
            import socket
            with socket.create_server(("127.0.0.1", 0)) as server:
                for name, (code, good) in ANSWERS.items():
                    answer.write_text(code.replace("PORT", str(server.getsockname()[1])).replace("SECRET", str(secret)))
                    started = time.monotonic()
                    run = subprocess.run([asyncport, "grade", "load-dashboard", str(answer), "--run", "--format", "json"], env={"PATH": os.environ["PATH"]}, capture_output=True, timeout=60, check=False)
                    verdict = json.loads(run.stdout)
                    if verdict["passed"] != good:
                        problems.append(f"{name}: passed is {verdict['passed']}: {run.stdout.decode()}")
                    if time.monotonic() - started > 20:
                        problems.append(f"{name}: took too long")
            for card in cards():
                for name, code in card.accepted()[:None if options.all else 1]:
                    answer.write_text(code)
                    done = subprocess.run([asyncport, "grade", card.id, str(answer), "--run"], env={"PATH": os.environ["PATH"]}, capture_output=True, text=True, timeout=90, check=False)
                    count += 1
                    if done.returncode != 0:
                        problems.append(f"{card.id}: {name} does not pass when it runs: {done.stdout}{done.stderr}")
            # The starting code and the answer run with the exercise's driver, each on its own side.
            card = (EXERCISES / "load-dashboard.md").read_text(encoding="utf-8")
            other = home / "load-dashboard.md"
            for old, new, code in ((JS_DRIVER, JS_DRIVER.replace("...", "1, ..."), 1), (JS_DRIVER, "// none", 1), (JS_DRIVER, JS_DRIVER, 0)):
                if old not in card:
                    problems.append("load-dashboard has no such driver")
                other.write_text(card.replace(old, new), encoding="utf-8")
                answer.write_text(GOOD)
                done = subprocess.run([asyncport, "grade", str(other), str(answer), "--run"], env={"PATH": os.environ["PATH"]}, capture_output=True, text=True, timeout=60, check=False)
                if done.returncode != code or (code and "starting code" not in done.stdout):
                    problems.append(f"driver {new!r}: exit {done.returncode}: {done.stdout}{done.stderr}")
    for problem in problems:
        print(problem)
    print(f"{count} answers, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
