class Channel {
  #buffer = [];
  #takers = [];
  #putters = [];
  #closed = false;
  constructor(capacity = 0) {
    this.capacity = capacity;
  }
  async put(value) {
    if (this.#closed) throw new Error('channel closed');
    const taker = this.#takers.shift();
    if (taker) {
      taker({ value, done: false });
      return;
    }
    if (this.#buffer.length < this.capacity) {
      this.#buffer.push(value);
      return;
    }
    await new Promise((resolve) => this.#putters.push({ value, resolve }));
  }
  async take() {
    if (this.#buffer.length > 0) {
      const value = this.#buffer.shift();
      const putter = this.#putters.shift();
      if (putter) {
        this.#buffer.push(putter.value);
        putter.resolve();
      }
      return { value, done: false };
    }
    const putter = this.#putters.shift();
    if (putter) {
      putter.resolve();
      return { value: putter.value, done: false };
    }
    if (this.#closed) return { value: undefined, done: true };
    return new Promise((resolve) => this.#takers.push(resolve));
  }
  close() {
    this.#closed = true;
    for (const t of this.#takers.splice(0)) t({ value: undefined, done: true });
  }
  async *[Symbol.asyncIterator]() {
    while (true) {
      const { value, done } = await this.take();
      if (done) return;
      yield value;
    }
  }
}

const sleep = (ms) => new Promise((r) => setTimeout(r, ms));

async function producer(ch, name, n) {
  for (let i = 0; i < n; i++) {
    await ch.put(`${name}${i}`);
    await sleep(4);
  }
}

async function main() {
  const ch = new Channel(2);
  const got = [];
  const consumer = (async () => {
    for await (const v of ch) got.push(v);
    return got.length;
  })();
  await Promise.all([producer(ch, 'a', 3), producer(ch, 'b', 2)]);
  ch.close();
  console.log(await consumer, [...got].sort().join(' '));
  try {
    await ch.put('late');
  } catch (e) {
    console.log(e.message);
  }
  const fan = new Channel(10);
  for (let i = 1; i <= 6; i++) await fan.put(i);
  fan.close();
  const sums = await Promise.all([0, 1].map(async () => {
    let sum = 0;
    for await (const n of fan) sum += n;
    return sum;
  }));
  console.log(sums.reduce((a, b) => a + b));
}
main();
