import os


def set_item(items, index, value):
    """Set an item; a list that is too short grows, as an array does."""
    items.extend([None] * (index + 1 - len(items)))
    items[index] = value


class Folder:
    def __init__(self, name):
        self.name = name


Folder.kind = "folder"


# Where a list ends, something is added.
def parts(name):
    found = []
    count = 0
    for part in name.split(os.sep):
        if part:
            set_item(found, count, part)
            count += 1
    found.append("end")
    return found


def later(read):
    return lambda: read(lambda: describe.name if describe is not None else None)


def describe(name):
    folder = Folder(os.path.basename(name))
    return f"{folder.kind} {folder.name}: {', '.join(map(str, parts(name)))}"


print(describe("/usr/lib/node"))
