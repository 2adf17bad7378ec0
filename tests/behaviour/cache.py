"""Remembers what a program printed, by its content, so that a rerun need not run it again.

Only runs that ended by themselves with status 0 are kept: failures and timeouts are always
tried again. The folder may be deleted at any time.

Example: Cache(folder).get(["py", "3.11.7", code]) is None the first time.
"""

import hashlib
import json
import os
import tempfile


class Cache:
    def __init__(self, folder):
        """`folder` None keeps nothing."""
        self.folder = folder

    def path_of(self, parts):
        digest = hashlib.sha256()
        for part in parts:
            data = part if isinstance(part, bytes) else str(part).encode("utf-8", "surrogateescape")
            digest.update(len(data).to_bytes(8, "big") + data)
        return self.folder / digest.hexdigest()[:2] / digest.hexdigest()[2:]

    def get(self, parts):
        if self.folder is None:
            return None
        try:
            return json.loads(self.path_of(parts).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None

    def put(self, parts, value):
        if self.folder is None:
            return
        path = self.path_of(parts)
        path.parent.mkdir(parents=True, exist_ok=True)
        # Written aside and renamed: another run may read it at the same moment.
        handle, temporary = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(value, file)
        os.replace(temporary, path)
