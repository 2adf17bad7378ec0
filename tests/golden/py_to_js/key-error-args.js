import { inspect } from "node:util";

class KeyError extends Error {
  name = "KeyError";

  constructor(key) {
    super(inspect(key));
    this.key = key;
  }
}

class Shelf {
  constructor() {
    this.books = { a: 1 };
  }

  find(name) {
    if (!Object.hasOwn(this.books, name)) throw new KeyError(name);
    return this.books[name];
  }
}

try {
  new Shelf().find("zip");
} catch (err) {
  if (!(err instanceof KeyError)) throw err;
  console.log("missing", err.message, err.key);
}
