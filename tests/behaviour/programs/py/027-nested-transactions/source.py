"""Key/value store with nested transactions implemented through context managers."""
from collections import ChainMap
from collections.abc import MutableMapping
from contextlib import ExitStack, contextmanager

TOMBSTONE = type("Tombstone", (), {"__repr__": lambda self: "<deleted>"})()


class Rollback(Exception):
    """Raise inside a transaction to abandon it quietly."""


class Store(MutableMapping):
    def __init__(self, **initial):
        self._maps = ChainMap(dict(initial))
        self._hooks = []

    def __getitem__(self, key):
        value = self._maps[key]
        if value is TOMBSTONE:
            raise KeyError(key)
        return value

    def __setitem__(self, key, value):
        self._maps[key] = value

    def __delitem__(self, key):
        self[key]
        if self.depth:
            self._maps[key] = TOMBSTONE
        else:
            del self._maps[key]

    def __iter__(self):
        return (k for k in sorted(self._maps) if self._maps[k] is not TOMBSTONE)

    def __len__(self):
        return sum(1 for _ in self)

    def __repr__(self):
        return "Store(" + ", ".join(f"{k}={v!r}" for k, v in self.items()) + ")"

    # -- transactions
    @property
    def depth(self):
        return len(self._maps.maps) - 1

    def on_commit(self, fn):
        self._hooks.append((self.depth, fn))

    @contextmanager
    def transaction(self):
        self._maps = self._maps.new_child()
        level = self.depth
        try:
            yield self
        except BaseException as exc:
            self._maps = self._maps.parents
            self._hooks = [h for h in self._hooks if h[0] < level]
            if not isinstance(exc, Rollback):
                raise
        else:
            self._merge()

    def _merge(self):
        changes, *_ = self._maps.maps
        self._maps = self._maps.parents
        for key, value in changes.items():
            if value is TOMBSTONE and not self.depth:
                self._maps.pop(key, None)
            else:
                self._maps[key] = value
        self._hooks = [(min(d, self.depth), fn) for d, fn in self._hooks]
        if not self.depth:
            hooks, self._hooks = self._hooks, []
            for _, fn in hooks:
                fn()


def main():
    db = Store(apples=3, pears=5)
    with db.transaction():
        db["apples"] += 1
        del db["pears"]
        print("inside:", db, "depth", db.depth, "| pears" in db, db.get("pears", "gone"))
    print("after: ", db)

    try:
        with db.transaction():
            db["apples"] = -1
            db["figs"] = 1 // 0
    except ZeroDivisionError as e:
        print("rolled back by", e, db)

    with db.transaction():
        db["plums"] = 7
        db.on_commit(lambda: print("  hook: outer committed"))
        with db.transaction():
            db["kiwis"] = 9
            db.on_commit(lambda: print("  hook: never printed"))
            raise Rollback
        with db.transaction():
            db.update(limes=2, apples=10)
            db.on_commit(lambda: print("  hook: inner committed"))
        print("before outer commit:", db)
    print(db, "len", len(db), "total", sum(db.values()))

    with ExitStack() as stack:
        for i in range(3):
            stack.enter_context(db.transaction())
            db[f"level{i}"] = db.depth
        stack.callback(lambda: print("unwinding from depth", db.depth))
    print(dict(db))

    print("popped", db.pop("level1"), db.pop("nope", None), list(db))


if __name__ == "__main__":
    main()
