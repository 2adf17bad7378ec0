#!/usr/bin/env python3
"""Helix's settings, without Helix, which Debian does not have: they are TOML of the shape that its documentation gives
(tables `language-server`, list `language`), and the program that they name answers as a language server. Environment
as for neovim.lua. What Helix itself does with them is not seen here."""

import json
import os
import subprocess
import tomllib
from pathlib import Path

SERVER_KEYS = {"command", "args", "config", "environment", "timeout", "required-root-patterns"}
LANGUAGE_KEYS = {"name", "language-servers", "formatter", "auto-format", "file-types", "scope", "roots"}


def check(condition, what):
    if not condition:
        raise SystemExit(f"FAILED: {what}")
    print(f"ok: {what}")


def frame(message):
    body = json.dumps({"jsonrpc": "2.0", **message}).encode()
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


def answers(command):
    """What the server says to a handshake and the end of it, and its exit code."""
    sent = [
        {"id": 1, "method": "initialize", "params": {"processId": None, "rootUri": None, "capabilities": {}}},
        {"method": "initialized", "params": {}},
        {"id": 2, "method": "shutdown"},
        {"method": "exit"},
    ]
    done = subprocess.run(command, input=b"".join(map(frame, sent)), capture_output=True, check=False)
    bodies = [part.split(b"\r\n\r\n", 1)[1] for part in done.stdout.split(b"Content-Length: ")[1:]]
    return [json.loads(body) for body in bodies], done.returncode


def main():
    path = Path(os.environ["ASYNCPORT_ROOT"]) / "editors" / "helix" / "languages.toml"
    settings = tomllib.loads(path.read_text(encoding="utf-8"))
    check(set(settings) == {"language-server", "language"}, "the settings are TOML with Helix's two tables")
    for name, server in settings["language-server"].items():
        check(set(server) <= SERVER_KEYS and isinstance(server["command"], str), f"the server {name} is well-formed")
    languages = settings["language"]
    check(all(set(one) <= LANGUAGE_KEYS for one in languages), "the languages are well-formed")
    check(sorted(one["name"] for one in languages) == ["javascript", "python"], "both languages are there")
    check(all("asyncport" in one["language-servers"] for one in languages), "both name the server")
    server = settings["language-server"]["asyncport"]
    check(server["command"] == "asyncport", "the server is the program")
    replies, code = answers([os.environ["ASYNCPORT"], *server["args"]])
    check(replies[0]["result"]["serverInfo"]["name"] == "asyncport", "its command starts the language server")
    check(code == 0 and replies[-1] == {"jsonrpc": "2.0", "id": 2, "result": None}, "which ends when told to")
    print("done")


if __name__ == "__main__":
    main()
