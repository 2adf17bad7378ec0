const { setTimeout: sleep } = require('node:timers/promises');

let nextId = 1;
class FakeConnection {
  constructor() {
    this.id = nextId++;
    this.queries = 0;
    this.open = true;
  }
  async query(sql, ms = 20) {
    if (!this.open) throw new Error(`connection ${this.id} is closed`);
    this.queries++;
    await sleep(ms);
    if (/^drop/i.test(sql)) throw new Error('permission denied');
    return `${sql} [c${this.id}]`;
  }
  close() {
    this.open = false;
  }
}

class Pool {
  constructor(factory, { max = 2, acquireTimeout = 100 } = {}) {
    this.factory = factory;
    this.max = max;
    this.acquireTimeout = acquireTimeout;
    this.idle = [];
    this.all = new Set();
    this.waiting = [];
    this.closing = false;
  }

  acquire() {
    if (this.closing) return Promise.reject(new Error('pool is closed'));
    if (this.idle.length) return Promise.resolve(this.idle.pop());
    if (this.all.size < this.max) {
      const conn = this.factory();
      this.all.add(conn);
      return Promise.resolve(conn);
    }
    return new Promise((resolve, reject) => {
      const waiter = { resolve };
      waiter.timer = setTimeout(() => {
        this.waiting.splice(this.waiting.indexOf(waiter), 1);
        reject(new Error('acquire timed out'));
      }, this.acquireTimeout);
      this.waiting.push(waiter);
    });
  }

  release(conn) {
    const waiter = this.waiting.shift();
    if (waiter) {
      clearTimeout(waiter.timer);
      waiter.resolve(conn);
    } else {
      this.idle.push(conn);
    }
  }

  async use(fn) {
    const conn = await this.acquire();
    try {
      return await fn(conn);
    } finally {
      this.release(conn);
    }
  }

  async end() {
    this.closing = true;
    while (this.idle.length < this.all.size) await sleep(5);
    for (const c of this.all) c.close();
    return [...this.all].map((c) => `c${c.id}:${c.queries}`);
  }
}

async function main() {
  const pool = new Pool(() => new FakeConnection(), { max: 2, acquireTimeout: 50 });

  const rows = await Promise.all(
    ['SELECT 1', 'SELECT 2', 'SELECT 3', 'SELECT 4'].map((sql) => pool.use((c) => c.query(sql)))
  );
  console.log(rows.map((r) => r.split(' [')[0]).join(' | '));
  console.log('connections made:', pool.all.size, 'idle:', pool.idle.length);

  await pool.use((c) => c.query('DROP TABLE users')).catch((e) => console.log('query failed:', e.message));
  console.log('idle after failure:', pool.idle.length);

  // exhaust it
  const a = await pool.acquire();
  const b = await pool.acquire();
  try {
    await pool.acquire();
  } catch (e) {
    console.log(e.message, '- waiting:', pool.waiting.length);
  }
  setTimeout(() => pool.release(a), 20);
  const again = await pool.acquire();
  console.log('got the same one back:', again === a);
  pool.release(again);
  setTimeout(() => { console.log('late release'); pool.release(b); }, 25);

  const usage = await pool.end();
  console.log('total queries', usage.map((u) => Number(u.split(':')[1])).reduce((x, y) => x + y));
  await pool.acquire().catch((e) => console.log(e.message));
  await b.query('SELECT 5').catch((e) => console.log(e.message.replace(/\d+/, 'N')));
}

main();
