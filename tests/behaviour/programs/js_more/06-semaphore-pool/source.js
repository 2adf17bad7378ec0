class Semaphore {
  constructor(max) {
    this.max = max;
    this.count = 0;
    this.waiting = [];
  }
  async acquire() {
    if (this.count < this.max) {
      this.count++;
      return;
    }
    await new Promise((resolve) => this.waiting.push(resolve));
  }
  release() {
    const next = this.waiting.shift();
    if (next) next();
    else this.count--;
  }
  async use(fn) {
    await this.acquire();
    try {
      return await fn();
    } finally {
      this.release();
    }
  }
}

const sleep = (ms) => new Promise((r) => setTimeout(r, ms));

async function mapLimit(items, limit, fn) {
  const results = new Array(items.length);
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const i = next++;
      results[i] = await fn(items[i], i);
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return results;
}

async function main() {
  const sem = new Semaphore(2);
  let running = 0;
  let peak = 0;
  const task = (id, ms) =>
    sem.use(async () => {
      running++;
      peak = Math.max(peak, running);
      await sleep(ms);
      running--;
      return id * 10;
    });
  const out = await Promise.all([task(1, 30), task(2, 10), task(3, 10), task(4, 5)]);
  console.log(out, 'peak', peak);

  const order = [];
  const squares = await mapLimit([3, 1, 2], 2, async (n, i) => {
    await sleep(n * 20);
    order.push(i);
    return n * n;
  });
  console.log(squares, order);
  const settled = await Promise.allSettled([sem.use(async () => 'fine'), sem.use(async () => { throw new TypeError('oops'); })]);
  for (const s of settled) console.log(s.status, s.status === 'fulfilled' ? s.value : `${s.reason.name}: ${s.reason.message}`);
  console.log(sem.count);
}
main();
