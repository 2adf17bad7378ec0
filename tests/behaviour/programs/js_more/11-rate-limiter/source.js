class TokenBucket {
  constructor({ capacity, refillPerSec, clock }) {
    this.capacity = capacity;
    this.refillPerSec = refillPerSec;
    this.clock = clock;
    this.tokens = capacity;
    this.last = clock.now();
  }
  #refill() {
    const now = this.clock.now();
    const elapsed = (now - this.last) / 1000;
    this.tokens = Math.min(this.capacity, this.tokens + elapsed * this.refillPerSec);
    this.last = now;
  }
  tryTake(n = 1) {
    this.#refill();
    if (this.tokens < n) return { ok: false, retryAfter: Math.ceil(((n - this.tokens) / this.refillPerSec) * 1000) };
    this.tokens -= n;
    return { ok: true, remaining: Math.floor(this.tokens) };
  }
}

class FakeClock {
  constructor() { this.t = 0; }
  now() { return this.t; }
  advance(ms) { this.t += ms; }
}

class SlidingWindow {
  hits = new Map();
  constructor(limit, windowMs) {
    Object.assign(this, { limit, windowMs });
  }
  allow(key, now) {
    const recent = (this.hits.get(key) || []).filter((t) => now - t < this.windowMs);
    if (recent.length >= this.limit) {
      this.hits.set(key, recent);
      return false;
    }
    recent.push(now);
    this.hits.set(key, recent);
    return true;
  }
}

const clock = new FakeClock();
const bucket = new TokenBucket({ capacity: 3, refillPerSec: 2, clock });
for (let i = 0; i < 5; i++) {
  const r = bucket.tryTake();
  console.log(i, r.ok ? `ok (${r.remaining} left)` : `wait ${r.retryAfter}ms`);
}
clock.advance(750);
console.log(bucket.tryTake());
console.log(bucket.tryTake(2));

const w = new SlidingWindow(2, 100);
const verdicts = [0, 10, 50, 105, 111, 300].map((t) => w.allow('ip1', t));
console.log(verdicts.map((v) => (v ? '.' : 'X')).join(''));
console.log(w.hits.get('ip1'), w.hits.size);
