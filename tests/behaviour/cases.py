"""Finds pairs and programs in folders, and reads lists of them. Runs nothing.

A pair is a folder with source.js (.mjs, .cjs) or source.py; optional are target.py or target.js (the model
translation), stdin.txt, expected.txt (what the source prints; found by running it where it is
missing) and lessons.txt. Other files are data that both programs may read. A folder that is named
itself and holds no pair may hold plain programs instead (examples/dashboard.js).

Example: find([Path("tests/behaviour/pairs")])[0].name == "async/001-top-level-await"
"""

import re
from dataclasses import dataclass
from pathlib import Path

# Programs that wait for something may be told apart by a busy machine; others may not.
TIMING = re.compile(r"\b(?:async|await|asyncio|Promise|setTimeout|setInterval|setImmediate)\b")
LANGUAGES = {".js": "js", ".mjs": "js", ".cjs": "js", ".py": "py"}
SOURCES = ("source.js", "source.mjs", "source.cjs", "source.py")
OWN_FILES = frozenset(
    [
        *SOURCES,
        "target.js",
        "target.py",
        "stdin.txt",
        "expected.txt",
        "lessons.txt",
        "meta.json",
    ]
)


@dataclass(frozen=True)
class Case:
    name: str  # the last two parts of its path: the same from wherever it is run
    source: Path
    is_pair: bool = True  # else a plain program, with nothing beside it

    @property
    def short_name(self):
        return self.name.rpartition("/")[2]

    @property
    def language(self):
        return LANGUAGES[self.source.suffix]

    @property
    def to(self):
        return "js" if self.language == "py" else "py"

    def beside(self, name):
        path = self.source.parent / name
        return path if self.is_pair and path.is_file() else None

    @property
    def model(self):
        return self.beside(f"target.{self.to}")

    @property
    def stdin(self):
        return self.beside("stdin.txt")

    @property
    def expected(self):
        return self.beside("expected.txt")

    @property
    def lessons(self):
        """The ids that the catalogue expects here, or None where it does not say."""
        path = self.beside("lessons.txt")
        return None if path is None else set(read_list(path))

    def data_files(self):
        files = self.source.parent.iterdir() if self.is_pair else ()
        return sorted(p for p in files if p.is_file() and p.name not in OWN_FILES)

    def depends_on_timing(self):
        return bool(TIMING.search(self.source.read_text(encoding="utf-8", errors="replace")))


def pair_in(folder):
    for name in SOURCES:
        if (folder / name).is_file():
            return Case(f"{folder.parent.name}/{folder.name}", folder / name)
    return None


def programs_in(folder):
    files = sorted(p for p in folder.iterdir() if p.is_file() and p.suffix in LANGUAGES)
    return [Case(f"{folder.name}/{path.name}", path, is_pair=False) for path in files]


def find(roots):
    """All pairs in the given folders, at any depth, each once, by path; else the programs there."""
    found = {}
    for root in roots:
        root = root.resolve()
        folders = sorted([root, *(p for p in root.rglob("*") if p.is_dir())])
        pairs = [pair for pair in map(pair_in, folders) if pair]
        found.update({case.source: case for case in pairs or programs_in(root)})
    return list(found.values())


def read_list(path):
    """Names of pairs, one a line; '#' starts a comment."""
    lines = (line.partition("#")[0].strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line]


def write_list(path, names):
    """Keeps the comment at the head of the list."""
    old = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    head = [line for line in old if line.startswith("#")]
    path.write_text("\n".join([*head, *sorted(set(names))]) + "\n", encoding="utf-8")
