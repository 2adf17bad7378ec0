// only: floating-promise, misused-promise
class Store {
  #cache = new Map();
  static async open(path) { return new Store(); }
  async load(key) { await null; return this.#cache.get(key); }
  async #save(key) { await null; this.#cache.set(key, 1); }
  save(key) {
    this.#save(key); //~ floating-promise
  }
  refresh = async () => { await this.load("a"); };
  run() {
    this.load("a"); //~ floating-promise
    this.refresh(); //~ floating-promise
    const self = this;
    self.load("b"); //~ floating-promise
    const { load } = this;
    [1, 2].forEach((x) => this.load(x)); //~ misused-promise
    [1, 2].map((x) => this.load(x)); //~ floating-promise
  }
  static boot() {
    Store.open("x"); //~ floating-promise
    this.open("y"); //~ floating-promise
  }
}
const store = new Store();
store.load("k"); //~ floating-promise
new Store().load("k"); //~ floating-promise
store?.load("k"); //~ floating-promise
Store.open("x").then((s) => s.load("k")); //~ floating-promise
class Sub extends Store { go() { super.load("x"); this.load("y"); } } //~ floating-promise
