"""Text adventure parser + inventory: string processing and dict-of-dicts."""
import textwrap

ROOMS = {
    "hall": {"desc": "A long hall with a rug.", "exits": {"north": "kitchen", "east": "study"}, "items": ["lamp"]},
    "kitchen": {"desc": "It smells of bread.", "exits": {"south": "hall"}, "items": ["knife", "bread"]},
    "study": {"desc": "Books everywhere.", "exits": {"west": "hall"}, "items": []},
}
ALIASES = {"n": "north", "s": "south", "e": "east", "w": "west", "l": "look", "i": "inventory"}
SCORES = {"lamp": 5, "bread": 2}


class GameOver(Exception):
    pass


class Game:
    def __init__(self, rooms, start="hall"):
        self.rooms = {name: {**room, "items": list(room["items"])} for name, room in rooms.items()}
        self.here = start
        self.bag = []
        self.moves = 0
        self.visited = {start}

    @property
    def room(self):
        return self.rooms[self.here]

    def do(self, line):
        verb, _, rest = line.strip().lower().partition(" ")
        verb = ALIASES.get(verb, verb)
        self.moves += 1
        if verb in self.room["exits"]:
            return self.go(verb)
        handler = getattr(self, f"do_{verb}", None)
        if handler is None:
            return f"I don't know how to {verb!r}."
        return handler(rest)

    def go(self, direction):
        self.here = self.room["exits"][direction]
        first = self.here not in self.visited
        self.visited.add(self.here)
        return f"{'New: ' if first else ''}{self.room['desc']}"

    def do_look(self, _rest=""):
        items = self.room["items"]
        exits = ", ".join(sorted(self.room["exits"]))
        seen = " and ".join(items) if items else "nothing"
        return f"{self.room['desc']} You see {seen}. Exits: {exits}."

    def do_take(self, what):
        if not what:
            return "Take what?"
        try:
            self.room["items"].remove(what)
        except ValueError:
            return f"No {what} here."
        self.bag.append(what)
        return f"Taken: {what}."

    def do_drop(self, what):
        if what in self.bag:
            self.bag.remove(what)
            self.room["items"].insert(0, what)
            return f"Dropped {what}."
        return f"You have no {what}."

    def do_inventory(self, _):
        if not self.bag:
            return "Empty-handed."
        return "Carrying " + ", ".join(f"{n}. {item}" for n, item in enumerate(sorted(self.bag), 1))

    def do_score(self, _):
        total = sum(SCORES.get(item, 1) for item in self.bag)
        return f"{total} points in {self.moves} moves"

    def do_quit(self, _):
        raise GameOver(f"Bye after {self.moves} moves")


def play(script):
    game = Game(ROOMS)
    for line in script.splitlines():
        if not line or line.lstrip().startswith("#"):
            continue
        try:
            reply = game.do(line)
        except GameOver as end:
            print(f"*** {end} ***")
            break
        print(f"> {line}\n{textwrap.indent(reply, '  ')}")
    else:
        print("script ended")
    return game


g = play("""look
take lamp
n
# a comment
TAKE bread
take sword
i
dance wildly
s
drop lamp
l
score
quit
look
""")
print(sorted(g.visited), g.bag, ROOMS["hall"]["items"], g.rooms["hall"]["items"])
print({k: len(v["items"]) for k, v in g.rooms.items()})
caesar = lambda s, k: "".join(chr((ord(c) - 97 + k) % 26 + 97) if c.islower() else c for c in s)
print(caesar("hello, world", 3), caesar(caesar("abc xyz", 5), -5))
print("The Quick".swapcase(), "a,b,,c".split(","), "  x y  ".split(), "x".center(5, "-"), "abc".zfill(5))
print("banana".count("an"), "banana".find("z"), "banana".replace("a", "o", 2), "Hello".isalpha(), "12".isdigit())
print(" | ".join(f"{w:^7}" for w in ["a", "bb", "ccc"]), "%s is %d%%" % ("x", 50))
