import { EventEmitter, once } from 'node:events';

/** Token bucket limiter driven by an injected tick source. */
class TokenBucket {
  #tokens;
  #waiters = [];

  constructor(capacity, refill) {
    this.capacity = capacity;
    this.refill = refill;
    this.#tokens = capacity;
  }

  tryTake(n = 1) {
    if (this.#waiters.length || this.#tokens < n) return false;
    this.#tokens -= n;
    return true;
  }

  take(n = 1) {
    if (n > this.capacity) return Promise.reject(new RangeError(`cannot take ${n} of ${this.capacity}`));
    if (this.tryTake(n)) return Promise.resolve();
    return new Promise((resolve) => this.#waiters.push({ n, resolve }));
  }

  tick() {
    this.#tokens = Math.min(this.capacity, this.#tokens + this.refill);
    while (this.#waiters.length && this.#waiters[0].n <= this.#tokens) {
      const { n, resolve } = this.#waiters.shift();
      this.#tokens -= n;
      resolve();
    }
  }

  toString() {
    return `${this.#tokens}/${this.capacity}, ${this.#waiters.length} waiting`;
  }
}

const clock = new EventEmitter();
const bucket = new TokenBucket(4, 2);
let now = 0;
clock.on('tick', () => {
  now++;
  bucket.tick();
});

const requests = [
  ['alice', 2], ['bob', 2], ['carol', 1], ['dave', 3], ['erin', 1],
];

const done = requests.map(async ([who, cost]) => {
  await bucket.take(cost);
  console.log(`t=${now} ${who} gets ${cost}`);
  return { who, at: now };
});

console.log(`start: ${bucket}`);
const timer = setInterval(() => clock.emit('tick'), 20);
for (let i = 0; i < 3; i++) {
  await once(clock, 'tick');
  console.log(`after tick ${now}: ${bucket}`);
}

const served = await Promise.all(done);
clearInterval(timer);
console.log(served.map(({ who, at }) => `${who}@${at}`).join(', '));

await bucket.take(9).catch((e) => console.log(e.name, '-', e.message));
console.log('immediate?', bucket.tryTake(), bucket.tryTake(4));
