function memoizeAsync(fn) {
  const cache = new Map();
  return (key) => {
    if (!cache.has(key)) {
      const p = fn(key).catch((err) => {
        cache.delete(key);
        throw err;
      });
      cache.set(key, p);
    }
    return cache.get(key);
  };
}

let calls = 0;
const load = memoizeAsync(async (id) => {
  calls++;
  await new Promise((r) => setTimeout(r, 5));
  if (id === 'x') throw new Error('no such id');
  return { id, n: calls };
});

(async () => {
  const [a, b] = await Promise.all([load('a'), load('a')]);
  console.log(a === b, a, 'calls:', calls);
  for (let i = 0; i < 2; i++) {
    await load('x').catch((e) => console.log(e.message, 'calls:', calls));
  }
})();
