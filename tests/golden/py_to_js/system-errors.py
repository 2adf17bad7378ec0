"""What the system refuses is told by its code; warnings are Node's own."""

import os
import warnings
from typing import AsyncContextManager


class Session(AsyncContextManager["Session"]):
    async def __aenter__(self):
        return self

    async def __aexit__(self, *args):
        return None


def kind(path):
    try:
        return len(os.listdir(path)) > 0
    except NotADirectoryError:
        return "a file"


def receive(sock, size):
    chunks = []
    try:
        chunks.append(sock.recv(size))
    except BlockingIOError:
        pass
    return b"".join(chunks)


def old_kind(path):
    warnings.warn("use kind()", DeprecationWarning, stacklevel=2)
    return kind(path)


print(kind("/etc/passwd"))
