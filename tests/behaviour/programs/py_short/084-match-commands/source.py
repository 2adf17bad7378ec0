def run(command: str) -> str:
    match command.split():
        case []:
            return "nothing"
        case ["quit" | "exit"]:
            return "bye"
        case ["go", ("north" | "south") as direction]:
            return f"going {direction}"
        case ["go", other]:
            return f"can't go {other}"
        case ["add", *nums] if all(n.isdigit() for n in nums):
            return f"sum {sum(map(int, nums))}"
        case [verb, _]:
            return f"unknown verb {verb!r}"
        case _:
            return "what?"


for line in ["go north", "go up", "add 1 2 3", "add x y z", "exit", "", "eat cake"]:
    print(f"{line!r:<12} -> {run(line)}")
