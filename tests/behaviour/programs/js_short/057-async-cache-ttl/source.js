class TtlCache {
  constructor(ttl) {
    this.ttl = ttl;
    this.store = new Map();
  }
  set(key, value) {
    clearTimeout(this.store.get(key)?.timer);
    const timer = setTimeout(() => this.store.delete(key), this.ttl);
    this.store.set(key, { value, timer });
    return this;
  }
  get(key) {
    return this.store.get(key)?.value;
  }
}

const cache = new TtlCache(30);
cache.set('a', 1).set('b', { deep: [2] });
setTimeout(() => console.log('before expiry', cache.get('a')), 5);
setTimeout(() => console.log('after expiry', cache.get('a'), cache.store.size), 50);
console.log(cache.get('a'), cache.get('b'), cache.get('c'));
