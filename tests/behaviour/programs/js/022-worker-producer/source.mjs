// Producer/consumer with a bounded channel, back-pressure and graceful close.
import { setTimeout as delay } from 'node:timers/promises';

class Channel {
  #buffer = [];
  #getters = [];
  #putters = [];
  #closed = false;

  constructor(capacity = 1) {
    this.capacity = capacity;
    this.highWater = 0;
  }

  async put(value) {
    if (this.#closed) throw new Error('put on closed channel');
    if (this.#getters.length) {
      this.#getters.shift()({ value, done: false });
      return;
    }
    if (this.#buffer.length >= this.capacity) {
      await new Promise((resolve) => this.#putters.push(resolve));
    }
    this.#buffer.push(value);
    this.highWater = Math.max(this.highWater, this.#buffer.length);
  }

  get() {
    if (this.#buffer.length) {
      const value = this.#buffer.shift();
      this.#putters.shift()?.();
      return Promise.resolve({ value, done: false });
    }
    if (this.#closed) return Promise.resolve({ value: undefined, done: true });
    return new Promise((resolve) => this.#getters.push(resolve));
  }

  close() {
    this.#closed = true;
    for (const g of this.#getters.splice(0)) g({ value: undefined, done: true });
  }

  [Symbol.asyncIterator]() {
    return { next: () => this.get() };
  }
}

async function producer(ch, items) {
  for (const item of items) {
    await ch.put(item);
  }
  console.log('producer finished');
  ch.close();
}

async function worker(name, input, output, cost) {
  let n = 0;
  for await (const item of input) {
    await delay(cost);
    await output.put(`${item}^2=${item * item}`);
    n++;
  }
  return [name, n];
}

async function sink(ch) {
  const seen = [];
  for await (const msg of ch) seen.push(msg);
  return seen.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}

const work = new Channel(2);
const results = new Channel(4);

const collected = sink(results);
const feeding = producer(work, [1, 2, 3, 4, 5, 6, 7, 8]);
const stats = await Promise.all(['w1', 'w2', 'w3'].map((n) => worker(n, work, results, 5)));
await feeding;
results.close();

console.log((await collected).join(' '));
console.log('items handled:', stats.reduce((sum, [, n]) => sum + n, 0));
console.log('buffer never exceeded capacity:', work.highWater <= work.capacity);
await work.put(9).catch((err) => console.log(err.message));

// Unbuffered hand-over
const pingpong = new Channel(1);
const player = (async () => {
  for await (const ball of pingpong) console.log('received', ball);
  return 'game over';
})();
for (const ball of ['ping', 'pong', 'ping']) {
  await pingpong.put(ball);
  await delay(1);
}
pingpong.close();
console.log(await player);
