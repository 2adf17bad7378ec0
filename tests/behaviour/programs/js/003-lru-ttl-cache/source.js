// LRU cache with per-entry TTL plus an async "getOrLoad" which coalesces
// concurrent loads of the same key.

function createCache({ max = 3, ttl = 50, now = Date.now } = {}) {
  const entries = new Map();
  const inflight = new Map();
  const stats = { hits: 0, misses: 0, evictions: 0, expired: 0 };

  function get(key) {
    const entry = entries.get(key);
    if (!entry) {
      stats.misses++;
      return undefined;
    }
    if (entry.expires <= now()) {
      entries.delete(key);
      stats.expired++;
      stats.misses++;
      return undefined;
    }
    // re-insert to mark as most recently used
    entries.delete(key);
    entries.set(key, entry);
    stats.hits++;
    return entry.value;
  }

  function set(key, value, customTtl = ttl) {
    entries.delete(key);
    entries.set(key, { value, expires: now() + customTtl });
    while (entries.size > max) {
      const [oldest] = entries.keys();
      entries.delete(oldest);
      stats.evictions++;
    }
  }

  async function getOrLoad(key, loader) {
    const cached = get(key);
    if (cached !== undefined) return cached;
    if (inflight.has(key)) return inflight.get(key);

    const promise = (async () => {
      try {
        const value = await loader(key);
        set(key, value);
        return value;
      } finally {
        inflight.delete(key);
      }
    })();
    inflight.set(key, promise);
    return promise;
  }

  return { get, set, getOrLoad, keys: () => [...entries.keys()], stats };
}

let clock = 1000; // a fake clock, so that nothing depends on the machine
const cache = createCache({ max: 3, ttl: 100, now: () => clock });

let loads = 0;
const loadUser = (id) =>
  new Promise((resolve, reject) => {
    loads += 1;
    setTimeout(() => {
      if (id === 'u666') reject(new Error(`no such user ${id}`));
      else resolve({ id, name: id.toUpperCase() });
    }, 10);
  });

(async () => {
  const trio = await Promise.all(['u1', 'u1', 'u1'].map((id) => cache.getOrLoad(id, loadUser)));
  console.log('same object:', trio[0] === trio[1] && trio[1] === trio[2], 'loads:', loads);

  await cache.getOrLoad('u2', loadUser);
  await cache.getOrLoad('u3', loadUser);
  cache.get('u1'); // touch
  await cache.getOrLoad('u4', loadUser);
  console.log('keys:', cache.keys().join(' '));

  clock += 150;
  console.log('after ttl:', cache.get('u1'), cache.keys());
  await cache.getOrLoad('u666', loadUser).catch((e) => console.log('error:', e.message));
  await cache.getOrLoad('u1', loadUser);
  console.log(`loads: ${loads}`);
  console.log(cache.stats);
})();
