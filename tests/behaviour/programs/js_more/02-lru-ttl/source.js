class LRUCache {
  constructor(limit, ttl = Infinity, now = () => Date.now()) {
    this.limit = limit;
    this.ttl = ttl;
    this.now = now;
    this.map = new Map();
    this.stats = { hits: 0, misses: 0, evictions: 0 };
  }

  get(key) {
    const entry = this.map.get(key);
    if (!entry) {
      this.stats.misses++;
      return undefined;
    }
    if (this.now() - entry.at > this.ttl) {
      this.map.delete(key);
      this.stats.misses++;
      return undefined;
    }
    this.map.delete(key);
    this.map.set(key, entry);
    this.stats.hits++;
    return entry.value;
  }

  set(key, value) {
    if (this.map.has(key)) this.map.delete(key);
    else if (this.map.size >= this.limit) {
      const oldest = this.map.keys().next().value;
      this.map.delete(oldest);
      this.stats.evictions++;
    }
    this.map.set(key, { value, at: this.now() });
    return this;
  }

  get size() {
    return this.map.size;
  }

  *[Symbol.iterator]() {
    for (const [k, { value }] of this.map) yield [k, value];
  }
}

let clock = 0;
const cache = new LRUCache(3, 100, () => clock);
cache.set('a', 1).set('b', 2).set('c', 3);
console.log(cache.get('a'));
cache.set('d', 4);
console.log(cache.get('b'), cache.size);
clock = 150;
console.log(cache.get('a'));
cache.set('e', { deep: true });
for (const [k, v] of cache) console.log(k, '=>', v);
console.log([...cache].map(([k]) => k).join(','));
console.log(JSON.stringify(cache.stats));
const ratio = cache.stats.hits / (cache.stats.hits + cache.stats.misses);
console.log(`hit ratio: ${(ratio * 100).toFixed(1)}%`);
