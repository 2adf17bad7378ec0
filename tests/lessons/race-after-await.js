// Read, wait, write.
let total = 0;
let cache;
let list = [];
async function found(item) {
  total += await price(item); //~ race-after-await
  total = total + (await price(item)); //~ race-after-await
}
async function load() {
  if (!cache) {
    cache = await fetchAll(); //~ race-after-await
  }
  return cache;
}
async function append(x) {
  list = [...list, await fetchOne(x)]; //~ race-after-await
}
async function later(x) {
  const old = total;
  await price(x);
  total = old + 1; //~ race-after-await
}
class Counter {
  async add(x) {
    this.count += await price(x); //~ race-after-await
  }
  async load() {
    if (!this.data) {
      this.data = await fetchAll(); //~ race-after-await
    }
    return this.data;
  }
  async set(x) {
    this.value = await price(x); // ok
  }
}
const state = { n: 0 };
async function member(x) {
  state.n = state.n + (await price(x)); //~ race-after-await
}
async function closure(xs) {
  let sum = 0;
  await Promise.all(xs.map(async (x) => {
    sum += await price(x); //~ race-after-await
  }));
  return sum;
}

async function fine(item, param) {
  const amount = await price(item);
  total += amount; // ok
  let own = 0;
  own += await price(item); // ok
  param.x = await price(item); // ok
  total = await price(item); // ok
  return own;
}
async function reread(x) {
  if (total > 3) return;
  await price(x);
  if (total < 3) total = total + 1; // ok
}
async function constant() {
  if (cache) return;
  await price(1);
  cache = null; // ok
}
function plain(x) {
  total += price(x); // ok
}
async function noWait(x) {
  total = total + x; // ok
  await price(x);
}
async function branch(x) {
  if (x) {
    await price(x);
  } else {
    total = total + 1; // ok
  }
}
async function early(x) {
  if (total) {
    await price(x);
    return;
  }
  total = compute(x); // ok
}
let busy = false;
async function guarded(x) {
  if (busy) return;
  busy = true;
  total = total + (await price(x)); // ok
  busy = false;
}
async function guardedTooLate(x) {
  await price(x);
  if (busy) return;
  busy = true;
  total += await price(x); //~ race-after-await
}

// Doors that are shut, and turns that are looked at again.
class Doors {
  async first() {
    if (this.idle && !this.waiting) {
      this.waiting = this.next(this.until);
      this.until = await this.waiting; // ok
      this.waiting = null;
    }
  }
  async open() {
    if (this.idle && !this.waiting) {
      this.until = await this.next(this.until); //~ race-after-await
    }
  }
  async overtaken() {
    const turn = ++this.turn;
    const before = this.checker;
    await this.next(1);
    if (this.closed || turn !== this.turn) return;
    this.checker = this.chain(before); // ok
  }
  async late() {
    const before = this.checker;
    await this.next(1);
    this.checker = this.chain(before); //~ race-after-await
  }
  reconnect() {
    if (this.closing || this.reconnecting) return;
    this.reconnecting = true;
    setTimeout(async () => {
      this.raw = await this.next(this.raw); // ok
      this.reconnecting = false;
    }, 10);
  }
  chain(before) {
    return before;
  }
  async next(n) {
    return await n;
  }
}
