class LRU extends Map {
  constructor(capacity) {
    super();
    this.capacity = capacity;
  }
  get(key) {
    if (!this.has(key)) return undefined;
    const value = super.get(key);
    this.delete(key);
    super.set(key, value);
    return value;
  }
  set(key, value) {
    this.delete(key);
    if (this.size >= this.capacity) this.delete(this.keys().next().value);
    return super.set(key, value);
  }
}

const lru = new LRU(2);
lru.set('a', 1).set('b', 2);
lru.get('a');
lru.set('c', 3);
console.log([...lru], lru.has('b'), lru.size);
console.log(lru.get('zzz'), lru instanceof Map);
