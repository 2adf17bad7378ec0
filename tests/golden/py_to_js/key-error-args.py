class Shelf:
    def __init__(self):
        self.books = {"a": 1}

    def find(self, name):
        return self.books[name]


try:
    Shelf().find("zip")
except KeyError as err:
    print("missing", err, err.args[0])
