// TTL cache with single flight and stats
class TtlCache {
  #entries = new Map();
  #inflight = new Map();
  static #instances = 0;
  hits = 0;
  misses = 0;

  constructor({ ttl = 1000, max = 3, now = () => Date.now() } = {}) {
    this.ttl = ttl;
    this.max = max;
    this.now = now;
    TtlCache.#instances++;
  }
  static get count() { return TtlCache.#instances; }
  get size() { return this.#entries.size; }

  async get(key, loader) {
    const entry = this.#entries.get(key);
    if (entry && entry.expires > this.now()) {
      this.hits++;
      this.#entries.delete(key);
      this.#entries.set(key, entry);
      return entry.value;
    }
    this.misses++;
    if (this.#inflight.has(key)) return this.#inflight.get(key);
    const promise = loader(key)
      .then((value) => {
        this.#store(key, value);
        return value;
      })
      .finally(() => this.#inflight.delete(key));
    this.#inflight.set(key, promise);
    return promise;
  }
  #store(key, value) {
    this.#entries.set(key, { value, expires: this.now() + this.ttl });
    while (this.#entries.size > this.max) {
      const oldest = this.#entries.keys().next().value;
      this.#entries.delete(oldest);
    }
  }
  *[Symbol.iterator]() {
    for (const [key, { value }] of this.#entries) yield [key, value];
  }
  toJSON() {
    return { size: this.size, hits: this.hits, misses: this.misses };
  }
}

let clock = 0;
let loads = 0;
const cache = new TtlCache({ ttl: 100, now: () => clock });
const load = async (key) => {
  loads++;
  await new Promise((r) => setTimeout(r, 5));
  if (key === 'bad') throw new Error('load failed: ' + key);
  return key.toUpperCase() + loads;
};

const both = await Promise.all([cache.get('a', load), cache.get('a', load)]);
console.log(both, loads);
console.log(await cache.get('a', load));
clock += 150;
console.log(await cache.get('a', load));
for (const k of ['b', 'c', 'd']) await cache.get(k, load);
console.log([...cache].map(([k, v]) => `${k}=${v}`).join(', '));
const failed = await cache.get('bad', load).catch((e) => `caught ${e.message}`);
console.log(failed);
console.log(JSON.stringify(cache), TtlCache.count);
