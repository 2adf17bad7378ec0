// Rate limiter (token bucket) + request scheduler with stats
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

class TokenBucket {
  #tokens;
  #last;
  constructor({ capacity, refillPerSec, clock }) {
    this.capacity = capacity;
    this.refillPerSec = refillPerSec;
    this.clock = clock;
    this.#tokens = capacity;
    this.#last = clock();
  }
  #refill() {
    const now = this.clock();
    const elapsed = (now - this.#last) / 1000;
    this.#tokens = Math.min(this.capacity, this.#tokens + elapsed * this.refillPerSec);
    this.#last = now;
  }
  tryTake(count = 1) {
    this.#refill();
    if (this.#tokens < count) return { ok: false, retryIn: Math.ceil(((count - this.#tokens) / this.refillPerSec) * 1000) };
    this.#tokens -= count;
    return { ok: true, left: Math.floor(this.#tokens) };
  }
}

let now = 0;
const bucket = new TokenBucket({ capacity: 3, refillPerSec: 2, clock: () => now });
const attempts = [0, 0, 0, 0, 400, 500, 2000, 2000];
for (const [i, at] of attempts.entries()) {
  now = at;
  const { ok, left, retryIn } = bucket.tryTake();
  console.log(`#${i} t=${at} ${ok ? `ok left=${left}` : `wait ${retryIn}`}`);
}

class Scheduler {
  constructor(limit) {
    this.limit = limit;
    this.active = 0;
    this.queue = [];
    this.peak = 0;
  }
  schedule(fn, { priority = 0 } = {}) {
    return new Promise((resolve, reject) => {
      this.queue.push({ fn, priority, resolve, reject });
      this.queue.sort((a, b) => b.priority - a.priority);
      this.#pump();
    });
  }
  #pump() {
    if (this.active >= this.limit) return;
    const job = this.queue.shift();
    if (!job) return;
    this.active++;
    this.peak = Math.max(this.peak, this.active);
    Promise.resolve()
      .then(() => job.fn())
      .then(job.resolve, job.reject)
      .finally(() => {
        this.active--;
        this.#pump();
      });
  }
}
const order = [];
const s = new Scheduler(2);
const mk = (name, ms, fail = false) => async () => {
  order.push(`+${name}`);
  await sleep(ms);
  order.push(`-${name}`);
  if (fail) throw new TypeError(`${name} broke`);
  return name.toUpperCase();
};
const res = await Promise.allSettled([
  s.schedule(mk('a', 20)),
  s.schedule(mk('b', 5, true)),
  s.schedule(mk('c', 5)),
  s.schedule(mk('d', 1), { priority: 5 }),
]);
console.log(order.join(' '));
console.log(res.map((r) => (r.status === 'fulfilled' ? r.value : `${r.reason.name}:${r.reason.message}`)));
console.log('peak', s.peak, 'active', s.active);
