// Circuit breaker + bulkhead + fallback cache
class CircuitOpenError extends Error {
  constructor(name, retryAfter) { super(`${name} circuit is open`); this.name = 'CircuitOpenError'; this.retryAfter = retryAfter; }
}
class CircuitBreaker {
  static CLOSED = 'CLOSED';
  static OPEN = 'OPEN';
  static HALF = 'HALF_OPEN';
  #failures = 0; #openedAt = 0; #state = CircuitBreaker.CLOSED; #transitions = [];
  constructor(name, action, { threshold = 2, cooldown = 50, now = Date.now } = {}) {
    Object.assign(this, { name, action, threshold, cooldown, now });
  }
  #to(state) {
    if (state === this.#state) return;
    this.#transitions.push(`${this.#state}>${state}`);
    this.#state = state;
  }
  get state() {
    if (this.#state === CircuitBreaker.OPEN && this.now() - this.#openedAt >= this.cooldown) this.#to(CircuitBreaker.HALF);
    return this.#state;
  }
  get history() { return [...this.#transitions]; }
  async call(...args) {
    if (this.state === CircuitBreaker.OPEN) throw new CircuitOpenError(this.name, this.cooldown - (this.now() - this.#openedAt));
    try {
      const result = await this.action(...args);
      this.#failures = 0;
      this.#to(CircuitBreaker.CLOSED);
      return result;
    } catch (err) {
      this.#failures += 1;
      if (this.#state === CircuitBreaker.HALF || this.#failures >= this.threshold) {
        this.#openedAt = this.now();
        this.#to(CircuitBreaker.OPEN);
      }
      throw err;
    }
  }
}
let clock = 0;
let healthy = true;
const service = async (id) => {
  await new Promise((r) => setImmediate(r));
  if (!healthy) throw new Error(`service down for ${id}`);
  return { id, at: clock };
};
const breaker = new CircuitBreaker('users', service, { now: () => clock });
const cache = {};
async function withFallback(id) {
  try {
    const value = await breaker.call(id);
    cache[id] = value;
    return `fresh ${value.id}@${value.at}`;
  } catch (e) {
    const stale = cache[id];
    const why = e instanceof CircuitOpenError ? `open(${e.retryAfter})` : e.message;
    return stale ? `stale ${stale.id}@${stale.at} because ${why}` : `no data: ${why}`;
  }
}
const steps = [[0, true, 'a'], [10, false, 'a'], [20, false, 'b'], [30, false, 'a'], [80, false, 'a'], [90, true, 'b'], [140, true, 'b'], [150, true, 'a']];
for (const [at, up, id] of steps) {
  [clock, healthy] = [at, up];
  console.log(String(at).padStart(4), await withFallback(id), breaker.state);
}
console.log(breaker.history.join(' '));
const semaphore = (n) => {
  const waiting = [];
  let free = n;
  return async (fn) => {
    if (free > 0) free--;
    else await new Promise((r) => waiting.push(r));
    try { return await fn(); } finally {
      const next = waiting.shift();
      if (next) next(); else free++;
    }
  };
};
const limit = semaphore(2);
let now = 0, peak = 0;
const outs = await Promise.all(Array.from({ length: 5 }, (_, i) => limit(async () => {
  now++; peak = Math.max(peak, now);
  await new Promise((r) => setTimeout(r, 3));
  now--;
  return i * i;
})));
console.log(outs, peak, now);
