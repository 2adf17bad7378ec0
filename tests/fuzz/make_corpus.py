#!/usr/bin/env python3
"""Writes what the fuzzers begin with, a folder for each target: make_corpus.py FOLDER [--most N]

The first byte of an input chooses options (see targets.cpp); the programs are those of the goldens, pairs and exercises.
"""
import argparse
import itertools
import json
import random
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
AT = {"start": {"line": 0, "character": 3}, "end": {"line": 1, "character": 5}}
LONGEST = 6_000


def messages():
    for uri in ("a.js", "b.py"):
        document = {"uri": uri}
        yield "textDocument/hover", {"textDocument": document, "position": AT["end"]}
        yield "textDocument/codeAction", {"textDocument": document, "range": AT, "context": {"diagnostics": []}}
        yield "textDocument/codeLens", {"textDocument": document}
        yield "textDocument/inlayHint", {"textDocument": document, "range": AT}
        yield "asyncport/translation", {"textDocument": document, "range": AT, "selfCheck": True}
        yield "asyncport/translation", {"textDocument": document}
        change = {"range": AT, "text": "await f(\u00e9);\r\n"}
        yield "textDocument/didChange", {"textDocument": dict(document, version=2), "contentChanges": [change, change]}
        yield "textDocument/didClose", {"textDocument": document}
        for command in ("translate", "translateSelection", "timeline"):
            argument = {"uri": uri, "range": AT, "format": "svg"}
            yield "workspace/executeCommand", {"command": f"asyncport.{command}", "arguments": [argument], "workDoneToken": 1}
    yield "workspace/executeCommand", {"command": "asyncport.explain", "arguments": ["floating-promise"]}
    yield "workspace/didChangeConfiguration", {"settings": {"asyncport": {"debounce": 1, "ignore": ["x"]}}}
    yield "shutdown", None


def frame(number, method, params):
    text = json.dumps({"jsonrpc": "2.0", "id": number, "method": method, "params": params})
    if "did" in method:
        text = json.dumps({"jsonrpc": "2.0", "method": method, "params": params})
    return f"Content-Length: {len(text.encode())}\r\n\r\n{text}".encode()


def lsp():
    frames = [frame(number, *message) for number, message in enumerate(messages(), 1)]
    for one, start in itertools.product(frames, b"\x00\x01\x02\x82"):
        yield bytes([start]) + one
    yield b"\x02" + b"".join(frames)


def programs():
    folders = ("examples", "tests/golden", "tests/behaviour/pairs", "tests/lessons")
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            kind = {".js": 0, ".mjs": 0, ".py": 1}.get(path.suffix)
            if kind is None or not path.is_file():
                continue
            text = path.read_bytes()
            if len(text) <= LONGEST:
                yield bytes([kind]) + text


def cards():
    for path in sorted((ROOT / "rules").rglob("*.md")):
        kinds = ("correspondences", "lessons", "structural", "diagnostics")
        if path.parent.name in kinds:
            yield bytes([kinds.index(path.parent.name)]) + path.read_bytes()
    for path in sorted((ROOT / "rules").rglob("*.t[so]*")):
        yield b"\x00" + path.read_bytes()[:LONGEST]


def exercises():
    return sorted(((int(re.search(r"^order = (\d+)", p.read_text(), re.M).group(1)), p) for p in (ROOT / "examples/exercises").glob("*.md")))


def answers():
    for index, (_, path) in enumerate(exercises()):
        for code in re.findall(r"^```[^\n]*\n(.*?)^```", path.read_text().split("## Accepted")[1], re.M | re.S):
            yield bytes([index]) + code.encode()


def config():
    toml = '# here\nlessons = true\nignore = ["a"]\nselect = ["floating-promise"]\nformat = "json"\nfail-on = "warning"\n[names]\nasync = ["load_*"]\n'
    yield b"\x00" + toml.encode()
    yield b"\x01" + ('[project]\nname = "x"\n[tool.asyncport]\n' + toml.replace("[names]", "[tool.asyncport.names]")).encode()
    yield b"\x02" + b'{"name": "x", "asyncport": {"lessons": true, "ignore": ["a"], "names": {"async": ["load*"]}}}'
    yield b"\x02" + b'{"asyncport": {"self-check": false, "http": "aiohttp", "module": "cjs", "fragment": "auto", "color": "never"}}'
    for key in ("lessons", "color", "fragment", "http", "module", "self-check", "fail-on", "exclude", "async"):
        yield b"\x00" + f'{key} = "auto"\n{key} = ["x"]\n'.encode()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--most", type=int, default=100_000, help="inputs of a target, chosen by chance")
    options = parser.parse_args()
    targets = {
        "translate": programs, "check": programs, "grade": answers, "card": cards,
        "exercise": lambda: (b"\x00" + p.read_bytes() for _, p in exercises()), "config": config, "lsp": lsp,
    }
    for target, make in targets.items():
        folder = options.folder / target
        folder.mkdir(parents=True, exist_ok=True)
        inputs = list(make())
        if len(inputs) > options.most:
            inputs = random.Random(1).sample(inputs, options.most)
        for number, content in enumerate(inputs):
            (folder / f"{number:05}").write_bytes(content)


if __name__ == "__main__":
    main()
