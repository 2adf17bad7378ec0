/**
 * Batches individual loads made in the same tick into one call.
 * @template K, V
 */
class DataLoader {
  /** @param {(keys: K[]) => Promise<(V|Error)[]>} batchFn */
  constructor(batchFn, { maxBatch = Infinity } = {}) {
    this.batchFn = batchFn;
    this.maxBatch = maxBatch;
    this.cache = new Map();
    this.queue = [];
  }

  load(key) {
    let p = this.cache.get(key);
    if (p) return p;
    p = new Promise((resolve, reject) => {
      this.queue.push({ key, resolve, reject });
      if (this.queue.length === 1) process.nextTick(() => this.dispatch());
    });
    this.cache.set(key, p);
    return p;
  }

  loadMany(keys) {
    return Promise.all(keys.map((k) => this.load(k)));
  }

  clear(key) {
    this.cache.delete(key);
    return this;
  }

  async dispatch() {
    const queue = this.queue.splice(0);
    for (let i = 0; i < queue.length; i += this.maxBatch) {
      const batch = queue.slice(i, i + this.maxBatch);
      try {
        const values = await this.batchFn(batch.map((b) => b.key));
        if (values.length !== batch.length) throw new Error(`expected ${batch.length} values, got ${values.length}`);
        batch.forEach(({ resolve, reject }, j) => {
          if (values[j] instanceof Error) reject(values[j]);
          else resolve(values[j]);
        });
      } catch (err) {
        batch.forEach(({ key, reject }) => {
          this.clear(key);
          reject(err);
        });
      }
    }
  }
}

const authors = { 1: 'Le Guin', 2: 'Lem', 3: 'Butler' };
const books = [
  { title: 'The Dispossessed', author: 1 },
  { title: 'Solaris', author: 2 },
  { title: 'Kindred', author: 3 },
  { title: 'The Cyberiad', author: 2 },
  { title: 'Lost Pages', author: 9 },
];

const authorLoader = new DataLoader(
  async (ids) => {
    console.log(`SELECT * FROM authors WHERE id IN (${ids.join(', ')})`);
    await new Promise((r) => setTimeout(r, 10));
    return ids.map((id) => authors[id] ?? new Error(`author ${id} missing`));
  },
  { maxBatch: 3 }
);

async function resolveBook({ title, author }) {
  try {
    return `${title} by ${await authorLoader.load(author)}`;
  } catch (e) {
    return `${title} by ??? (${e.message})`;
  }
}

(async () => {
  const lines = await Promise.all(books.map(resolveBook));
  lines.forEach((l) => console.log(' *', l));

  console.log('cached:', await authorLoader.loadMany([1, 3]));
  authors[1] = 'Ursula K. Le Guin';
  console.log('stale:', await authorLoader.load(1));
  console.log('fresh:', await authorLoader.clear(1).load(1));

  const broken = new DataLoader(async () => [42]);
  const res = await Promise.allSettled([broken.load('a'), broken.load('b')]);
  console.log(res.map((r) => r.reason.message));
  console.log('left in cache:', broken.cache.size);
})();
