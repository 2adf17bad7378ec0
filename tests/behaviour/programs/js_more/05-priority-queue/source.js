class PriorityQueue {
  constructor(compare = (a, b) => a - b) {
    this.heap = [];
    this.compare = compare;
  }
  get length() {
    return this.heap.length;
  }
  push(item) {
    this.heap.push(item);
    this.#up(this.heap.length - 1);
  }
  pop() {
    if (this.heap.length === 0) return undefined;
    const top = this.heap[0];
    const last = this.heap.pop();
    if (this.heap.length > 0) {
      this.heap[0] = last;
      this.#down(0);
    }
    return top;
  }
  #up(i) {
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (this.compare(this.heap[i], this.heap[parent]) >= 0) break;
      [this.heap[i], this.heap[parent]] = [this.heap[parent], this.heap[i]];
      i = parent;
    }
  }
  #down(i) {
    const n = this.heap.length;
    while (true) {
      let smallest = i;
      const l = 2 * i + 1;
      const r = l + 1;
      if (l < n && this.compare(this.heap[l], this.heap[smallest]) < 0) smallest = l;
      if (r < n && this.compare(this.heap[r], this.heap[smallest]) < 0) smallest = r;
      if (smallest === i) return;
      [this.heap[i], this.heap[smallest]] = [this.heap[smallest], this.heap[i]];
      i = smallest;
    }
  }
}

class Scheduler {
  #queue = new PriorityQueue((a, b) => b.priority - a.priority || a.seq - b.seq);
  #seq = 0;
  #running = 0;
  #results = [];
  constructor(concurrency = 2) {
    this.concurrency = concurrency;
  }
  add(name, priority, job) {
    return new Promise((resolve, reject) => {
      this.#queue.push({ name, priority, job, seq: this.#seq++, resolve, reject });
    });
  }
  async start() {
    const worker = async (id) => {
      while (this.#queue.length > 0) {
        const { name, job, resolve, reject } = this.#queue.pop();
        this.#running++;
        try {
          const value = await job();
          this.#results.push(`${name}=${value}`);
          resolve(value);
        } catch (err) {
          this.#results.push(`${name} failed`);
          reject(err);
        } finally {
          this.#running--;
        }
      }
    };
    await Promise.all(Array.from({ length: this.concurrency }, (_, i) => worker(i)));
    return this.#results;
  }
}

async function main() {
  const s = new Scheduler(1);
  const a = s.add('low', 1, async () => 'L');
  const b = s.add('high', 10, async () => 'H');
  const c = s.add('bad', 5, async () => {
    throw new Error('nope');
  });
  c.catch((e) => console.log('caught', e.message));
  const results = await s.start();
  console.log(results);
  console.log(await Promise.all([a, b]));
}

main();
