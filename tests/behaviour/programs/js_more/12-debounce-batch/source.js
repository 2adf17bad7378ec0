const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

class Batcher {
  constructor(load, { maxSize = 3, delay = 5 } = {}) {
    this.load = load;
    this.maxSize = maxSize;
    this.delay = delay;
    this.pending = [];
    this.timer = null;
    this.calls = 0;
  }
  get(key) {
    return new Promise((resolve, reject) => {
      this.pending.push({ key, resolve, reject });
      if (this.pending.length >= this.maxSize) this.flush();
      else if (!this.timer) this.timer = setTimeout(() => this.flush(), this.delay);
    });
  }
  async flush() {
    clearTimeout(this.timer);
    this.timer = null;
    const batch = this.pending;
    this.pending = [];
    if (!batch.length) return;
    this.calls++;
    try {
      const values = await this.load(batch.map((b) => b.key));
      batch.forEach(({ resolve, reject, key }, i) => {
        if (values[i] instanceof Error) reject(values[i]);
        else if (values[i] === undefined) reject(new Error(`missing ${key}`));
        else resolve(values[i]);
      });
    } catch (e) {
      for (const { reject } of batch) reject(e);
    }
  }
}

function debounce(fn, wait) {
  let timer;
  return (...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => fn(...args), wait);
  };
}

async function main() {
  const db = { a: 1, b: 2, c: 3 };
  const batcher = new Batcher(async (keys) => {
    console.log('load', keys);
    await sleep(1);
    return keys.map((k) => db[k]);
  });
  const results = await Promise.allSettled(['a', 'b', 'c', 'z'].map((k) => batcher.get(k)));
  console.log(results.map((r) => r.value ?? r.reason.message));
  console.log('calls', batcher.calls);

  const hits = [];
  const save = debounce((x) => hits.push(x), 10);
  save(1);
  save(2);
  await sleep(30);
  save(3);
  await sleep(30);
  console.log(hits);
}
main();
