"""What the tests read of an exercise's card: its languages, its starting code, its answers."""
import re
from pathlib import Path

EXERCISES = Path(__file__).resolve().parents[2] / "examples" / "exercises"
PART = re.compile(r"^## ([^\n]+)$|^### ([^\n]*)$|^```([^\n]*)\n(.*?)^```", re.M | re.S)


class Card:
    def __init__(self, path):
        text = path.read_text(encoding="utf-8")
        self.id = path.stem
        self.language = re.search(r'^language = "(\w+)"', text, re.M).group(1)
        self.answers = []  # (accepted, name, code)
        part = name = ""
        for match in PART.finditer(text):
            if match.group(1):
                part = match.group(1)
            elif match.group(2) is not None:
                name = match.group(2)
            elif part == "Starting code":
                self.start = match.group(4)
            elif part in ("Accepted", "Rejected"):
                self.answers.append((part == "Accepted", name, match.group(4)))

    def accepted(self):
        return [(name, code) for accepted, name, code in self.answers if accepted]


def cards():
    return [Card(path) for path in sorted(EXERCISES.glob("*.md"))]
