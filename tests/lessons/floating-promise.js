// Promises as statements: neither awaited, returned, handled nor marked `void`.
async function save(x) { await fetch("/save", { body: x }); }
const alias = save;
const arrow = async () => { await fetch("/arrow"); };
function makesPromise() { return new Promise((resolve) => { setTimeout(resolve, 1); }); }
class Store {
  async put() { await fetch("/put"); }
  sync() {
    this.put(); //~ floating-promise
    return this.put(); // ok
  }
}

function statements(flag, list) {
  save(1); //~ floating-promise
  alias(2); //~ floating-promise
  arrow(); //~ floating-promise
  makesPromise(); //~ floating-promise
  flag && save(3); //~ floating-promise
  flag ? save(4) : 0; //~ floating-promise
  save(5), list.push(1); //~ floating-promise
  save(6).then(() => list.push(2)); //~ floating-promise
  save(7).finally(() => list.push(3)); //~ floating-promise
  save(8).catch(); //~ floating-promise
  (async () => { await save(9); })(); //~ floating-promise
  (async function () { await save(10); })(); //~ floating-promise
  Promise.all([save(11), save(12)]); //~ floating-promise
  Promise.resolve(1); //~ floating-promise
  new Promise((resolve) => { setTimeout(resolve, 1); }); //~ floating-promise
  import("./other.js"); //~ floating-promise
  list.map(async (x) => { await save(x); }); //~ floating-promise
  [save(13), save(14)]; //~ floating-promise
}

function inVariables() {
  const unused = save(1); //~ floating-promise
  const used = save(2); // ok
  let later;
  later = save(3); // ok
  return [used, later];
}

function deep(flag) {
  if (flag) {
    try {
      save(1); //~ floating-promise
    } finally {
      save(2); //~ floating-promise
    }
    return;
  }
  switch (flag) {
    default:
      save(3); //~ floating-promise
  }
}

async function handled(flag) {
  await save(1); // ok
  void save(2); // ok
  save(3).catch(() => {}); // ok
  save(4).then(() => {}).catch(() => {}); // ok
  save(5).then(() => {}, () => {}); // ok
  save(6).catch(() => {}).finally(() => {}); // ok
  const p = save(7); // ok
  await p;
  flag = await save(8), 1; // ok
  if (flag) return save(9); // ok
  return await Promise.all([save(10)]); // ok
}

function shadowed(save) {
  save(1); // ok
  const alias = () => 1;
  alias(); // ok
}

function* generator() {
  yield save(1); // ok
}
async function* pages() { yield 1; }
function starts() {
  pages(); // ok
  unknown(); // ok
  [1, 2].map((x) => x + 1); // ok
  const run = () => save(1); // ok
  return run;
}

// Methods by a key that is a text.
class Keyed {
  async save() {
    await fetch("/save");
  }
  plain() {}
  run(name) {
    this["save"](); //~ floating-promise
    this["plain"](); // ok
    this[name](); // ok
    void this["save"](); // ok
  }
}
class KeyedMore extends Keyed {
  more() {
    this["save"](); //~ floating-promise
  }
}
const keyed = new Keyed();
keyed["save"](); //~ floating-promise
keyed["plain"](); // ok
keyed["save"]().catch(console.error); // ok
