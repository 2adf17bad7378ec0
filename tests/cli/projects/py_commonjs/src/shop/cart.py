class Cart:
    def __init__(self, owner):
        self.owner = owner
        self.items = {}

    def add(self, name, count):
        self.items[name] = count

    def names(self):
        return list(self.items)
