#!/usr/bin/env python3
"""The program as editors use it: text in, text out, exact to the byte.

tests/cli/filter.py --asyncport build/release/asyncport
"""

import argparse
import os
import socket
import subprocess
import sys
from pathlib import Path

JS = "import { x } from './x.js';\n\nasync function load(ids) {\n  const all = await Promise.all(ids.map(one));\n  return all;\n}\n\nasync function one(id) {\n  return id;\n}\n"
BOM = b"\xef\xbb\xbf"


class Filter:
    def __init__(self, program):
        self.program = program
        self.failed = 0

    def run(self, data, *arguments, environment=None):
        return subprocess.run([self.program, *arguments, "-"], input=data, capture_output=True, check=False,
                              env=dict(os.environ, **(environment or {})), timeout=60)  # fmt: skip

    def check(self, condition, what, more=""):
        print(f"{'ok' if condition else 'FAILED'}: {what}{'' if condition else f': {more!r}'}")
        self.failed += not condition

    def same(self, actual, expected, what):
        self.check(actual == expected, what, (actual, expected))


def layout(tool):
    plain = tool.run(JS.encode(), "--stdin-filepath", "src/a.js")
    tool.same(plain.returncode, 0, "a name that no file has is enough")
    tool.check(plain.stdout.endswith(b"\n"), "the last line ends")
    alias = tool.run(JS.encode(), "--stdin-filename", "src/a.js")
    tool.same(alias.stdout, plain.stdout, "--stdin-filename is the same")
    crlf = tool.run(JS.replace("\n", "\r\n").encode(), "--stdin-filepath", "a.js")
    tool.same(crlf.stdout, plain.stdout.replace(b"\n", b"\r\n"), "CRLF stays")
    bom = tool.run(BOM + JS.encode(), "--stdin-filepath", "a.js")
    tool.same(bom.stdout, BOM + plain.stdout, "a byte order mark stays")
    cut = tool.run(JS.rstrip("\n").encode(), "--stdin-filepath", "a.js")
    tool.same(cut.stdout, plain.stdout.rstrip(b"\n"), "a last line that does not end stays so")
    for extra in ({"TERM": "xterm-256color", "CLICOLOR_FORCE": "1"}, {"TERM": "dumb", "COLUMNS": "20"}):
        again = tool.run(JS.encode(), "--stdin-filepath", "a.js", environment=extra)
        tool.same(again.stdout, plain.stdout, f"no terminal matters: {sorted(extra)}")


def refusals(tool):
    for data, arguments in (
        (b"async function f( {\n", ("--stdin-filepath", "a.js")),
        (b"async function f( {\n", ("--stdin-filepath", "a.js", "--range", "1-1")),
        (b"x = (\n", ("--from", "py")),
        (b"x = 1\0", ("--from", "py")),
        (b"\xff\xfe", ("--from", "py")),
        (b"x", ()),
    ):
        done = tool.run(data, *arguments)
        tool.check(done.returncode == 2 and done.stdout == b"" and done.stderr != b"",
                   f"exit 2, nothing on standard output, a reason: {data!r} {arguments}", done)  # fmt: skip


def one_write(tool):
    text = b"async function f(x) {\n  await g(x);\n}\n" + b"f(1);\n" * 2000
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    for end in (ours, theirs):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)
    child = subprocess.Popen([tool.program, "-", "--from", "js", "--fragment", "always"], stdin=subprocess.PIPE,
                             stdout=theirs.fileno(), stderr=subprocess.DEVNULL)  # fmt: skip
    theirs.close()
    child.stdin.write(text)
    child.stdin.close()
    packets = []
    while packet := ours.recv(1 << 20):
        packets.append(packet)
    child.wait()
    tool.check(len(packets) == 1 and len(packets[0]) > 10_000, "all in one write", [len(packet) for packet in packets])


def ranges(tool):
    def part(text, spec, *arguments):
        done = tool.run(text.encode(), "--stdin-filepath", "a.js", "--range", spec, *arguments)
        return done.stdout.decode()

    whole = part(JS, "4")
    tool.check("await asyncio.gather(" in whole and "def " not in whole, "a line of a body", whole)
    tool.same(part(JS, "4:3-4:10"), whole, "a part of a statement stands for all of it")
    tool.same(part(JS, "4-4"), whole, "a line by two numbers")
    tool.check(whole.startswith("import asyncio\n\n"), "its imports come along", whole)
    one = part(JS, "8-10")
    tool.check(one.startswith("async def one("), "a function", one)
    tool.check("def load" not in one and "import" not in one, "and nothing else", one)
    tool.same(part(JS, "7"), "", "an empty line has nothing")
    tool.check(part(JS, "1-99").count("def ") == 2, "a range may end behind the text")
    crlf = part(JS.replace("\n", "\r\n"), "8-10")
    tool.same(crlf, one.replace("\n", "\r\n"), "CRLF stays in a part")
    bom = tool.run(BOM + JS.rstrip("\n").encode(), "--stdin-filepath", "a.js", "--range", "8-10").stdout.decode()
    tool.same(bom, one, "a part has no byte order mark, and its last line ends")
    emoji = "async function f() { const s = '😀'; await g(s); }\n"
    tool.same(part(emoji, "1:37-1:38"), "await g(s)\n", "columns are code points")
    for bad in ("0", "3-1", "x", "1:0-2:1", "", "1-2-3", "99999999999"):
        done = tool.run(JS.encode(), "--stdin-filepath", "a.js", "--range", bad)
        tool.check(done.returncode == 2 and done.stdout == b"", f"no range: {bad!r}", done)
    clash = tool.run(JS.encode(), "--stdin-filepath", "a.js", "--range", "1", "--print", "ir")
    tool.same(clash.returncode, 2, "a range and a phase clash")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--asyncport", type=Path, required=True)
    tool = Filter(str(parser.parse_args().asyncport.resolve()))
    layout(tool)
    refusals(tool)
    one_write(tool)
    ranges(tool)
    return 1 if tool.failed else 0


if __name__ == "__main__":
    sys.exit(main())
