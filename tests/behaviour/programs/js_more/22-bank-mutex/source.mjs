// Bank with mutex and transfers
class Mutex {
  #locked = false;
  #waiters = [];
  async acquire() {
    if (!this.#locked) {
      this.#locked = true;
      return;
    }
    await new Promise((resolve) => this.#waiters.push(resolve));
  }
  release() {
    const next = this.#waiters.shift();
    if (next) next();
    else this.#locked = false;
  }
  async runExclusive(fn) {
    await this.acquire();
    try {
      return await fn();
    } finally {
      this.release();
    }
  }
}
class InsufficientFunds extends Error {
  constructor(account, needed) {
    super(`${account.owner} needs ${needed} more`);
    this.name = 'InsufficientFunds';
    this.account = account;
  }
}
class Account {
  static #nextId = 100;
  #balance = 0;
  constructor(owner, balance = 0) {
    this.id = Account.#nextId++;
    this.owner = owner;
    this.#balance = balance;
    this.mutex = new Mutex();
  }
  get balance() { return this.#balance; }
  async deposit(amount) {
    const before = this.#balance;
    await tick();
    this.#balance = before + amount;
  }
  async withdraw(amount) {
    const before = this.#balance;
    await tick();
    if (before < amount) throw new InsufficientFunds(this, amount - before);
    this.#balance = before - amount;
  }
  toString() { return `${this.owner}#${this.id}(${this.#balance})`; }
}
const tick = () => new Promise((r) => setTimeout(r, 1));
async function transfer(from, to, amount) {
  const [a, b] = [from, to].sort((x, y) => x.id - y.id);
  return a.mutex.runExclusive(() =>
    b.mutex.runExclusive(async () => {
      await from.withdraw(amount);
      await to.deposit(amount);
      return `${from.owner} -> ${to.owner}: ${amount}`;
    }),
  );
}
const ann = new Account('Ann', 100);
const bob = new Account('Bob', 50);
const results = await Promise.allSettled([
  transfer(ann, bob, 30),
  transfer(bob, ann, 70),
  transfer(ann, bob, 500),
  transfer(ann, bob, 10),
]);
for (const r of results) {
  if (r.status === 'fulfilled') console.log('ok  ', r.value);
  else console.log('fail', r.reason.name, r.reason.message, `${r.reason.account}`);
}
console.log(`${ann}`, String(bob), ann.balance + bob.balance);
const unsafe = new Account('Eve', 0);
await Promise.all([1, 2, 3].map((n) => unsafe.deposit(n)));
console.log('without lock', unsafe.balance);
const safe = new Account('Sam', 0);
await Promise.all([1, 2, 3].map((n) => safe.mutex.runExclusive(() => safe.deposit(n))));
console.log('with lock', safe.balance);
