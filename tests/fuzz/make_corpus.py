#!/usr/bin/env python3
"""Writes the messages that the fuzzer begins with: make_corpus.py FOLDER"""

import itertools
import json
import sys
from pathlib import Path

AT = {"start": {"line": 0, "character": 3}, "end": {"line": 1, "character": 5}}


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


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    frames = [frame(number, *message) for number, message in enumerate(messages(), 1)]
    for number, (one, start) in enumerate(itertools.product(frames, b"\x00\x01\x02\x82")):
        (folder / f"one-{number}").write_bytes(bytes([start]) + one)
    (folder / "all").write_bytes(b"\x02" + b"".join(frames))


if __name__ == "__main__":
    main()
