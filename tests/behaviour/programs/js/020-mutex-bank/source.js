'use strict';

class Mutex {
  #locked = false;
  #queue = [];

  async lock() {
    if (!this.#locked) {
      this.#locked = true;
      return;
    }
    await new Promise((resolve) => this.#queue.push(resolve));
  }

  unlock() {
    const next = this.#queue.shift();
    if (next) next();
    else this.#locked = false;
  }

  async runExclusive(fn) {
    await this.lock();
    try {
      return await fn();
    } finally {
      this.unlock();
    }
  }
}

// "Database" where every read and write takes a turn of the event loop
class SlowDb {
  rows = new Map();
  async read(key) {
    await new Promise(setImmediate);
    return this.rows.get(key);
  }
  async write(key, value) {
    await new Promise(setImmediate);
    this.rows.set(key, value);
  }
}

class Bank {
  constructor(db) {
    this.db = db;
    this.locks = new Map();
  }

  #lockFor(account) {
    if (!this.locks.has(account)) this.locks.set(account, new Mutex());
    return this.locks.get(account);
  }

  async depositUnsafe(account, amount) {
    const balance = await this.db.read(account);
    await this.db.write(account, balance + amount);
  }

  deposit(account, amount) {
    return this.#lockFor(account).runExclusive(() => this.depositUnsafe(account, amount));
  }

  // locks in a fixed order, else two opposite transfers would dead-lock
  async transfer(from, to, amount) {
    const [first, second] = [from, to].sort();
    return this.#lockFor(first).runExclusive(() =>
      this.#lockFor(second).runExclusive(async () => {
        const balance = await this.db.read(from);
        if (balance < amount) throw new Error(`${from} has ${balance}, needs ${amount}`);
        await this.db.write(from, balance - amount);
        await this.db.write(to, (await this.db.read(to)) + amount);
        return `${from} -> ${to}: ${amount}`;
      })
    );
  }
}

async function main() {
  const db = new SlowDb();
  const bank = new Bank(db);

  db.rows.set('alice', 0);
  await Promise.all(Array.from({ length: 10 }, () => bank.depositUnsafe('alice', 10)));
  console.log('without lock:', await db.read('alice'));

  db.rows.set('alice', 0);
  await Promise.all(Array.from({ length: 10 }, () => bank.deposit('alice', 10)));
  console.log('with lock:', await db.read('alice'));

  db.rows.set('bob', 50);
  const outcomes = await Promise.allSettled([
    bank.transfer('alice', 'bob', 70),
    bank.transfer('bob', 'alice', 100),
    bank.transfer('alice', 'bob', 500),
    bank.transfer('bob', 'alice', 1),
  ]);
  for (const { status, value, reason } of outcomes) {
    console.log(status === 'fulfilled' ? `ok   ${value}` : `fail ${reason.message}`);
  }
  console.log(db.rows);
  console.log('total', [...db.rows.values()].reduce((a, b) => a + b, 0));
}

main();
