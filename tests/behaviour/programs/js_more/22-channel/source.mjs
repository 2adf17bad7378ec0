// Async queue / channel with backpressure and async iteration
class Channel {
  #buffer = [];
  #takers = [];
  #putters = [];
  #closed = false;
  constructor(capacity = 0) { this.capacity = capacity; }
  async put(value) {
    if (this.#closed) throw new Error('channel closed');
    const taker = this.#takers.shift();
    if (taker) return void taker({ value, done: false });
    if (this.#buffer.length < this.capacity) {
      this.#buffer.push(value);
      return;
    }
    await new Promise((resolve) => this.#putters.push({ value, resolve }));
  }
  take() {
    if (this.#buffer.length > 0) {
      const value = this.#buffer.shift();
      const waiting = this.#putters.shift();
      if (waiting) {
        this.#buffer.push(waiting.value);
        waiting.resolve();
      }
      return Promise.resolve({ value, done: false });
    }
    const waiting = this.#putters.shift();
    if (waiting) {
      waiting.resolve();
      return Promise.resolve({ value: waiting.value, done: false });
    }
    if (this.#closed) return Promise.resolve({ value: undefined, done: true });
    return new Promise((resolve) => this.#takers.push(resolve));
  }
  close() {
    this.#closed = true;
    for (const taker of this.#takers.splice(0)) taker({ value: undefined, done: true });
  }
  [Symbol.asyncIterator]() {
    return { next: () => this.take() };
  }
}
const sleep = (ms) => new Promise((r) => setTimeout(r, ms));
const ch = new Channel(2);
const log = [];
async function producer() {
  for (let i = 1; i <= 5; i++) {
    await ch.put(i);
    log.push(`put ${i}`);
  }
  ch.close();
}
async function consumer(name) {
  let sum = 0;
  for await (const v of ch) {
    await sleep(name === 'slow' ? 8 : 3);
    log.push(`${name} got ${v}`);
    sum += v;
  }
  return { name, sum };
}
const [, a, b] = await Promise.all([producer(), consumer('fast'), consumer('slow')]);
console.log(a.sum + b.sum, [a.name, b.name]);
console.log(log.filter((l) => l.startsWith('put')).length, log.length);
try {
  await ch.put(9);
} catch (e) {
  console.log(e.message);
}
console.log(await ch.take());
