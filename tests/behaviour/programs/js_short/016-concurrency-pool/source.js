async function pool(items, limit, worker) {
  const results = new Array(items.length);
  let next = 0;
  let active = 0;
  let maxActive = 0;
  async function runner() {
    while (next < items.length) {
      const i = next++;
      maxActive = Math.max(maxActive, ++active);
      results[i] = await worker(items[i], i);
      active--;
    }
  }
  await Promise.all(Array.from({ length: limit }, runner));
  return { results, maxActive };
}

const square = async (n) => {
  await new Promise((r) => setTimeout(r, 5 + (n % 3) * 5));
  return n * n;
};

pool([1, 2, 3, 4, 5, 6, 7], 3, square).then(({ results, maxActive }) => {
  console.log(results);
  console.log('max concurrent:', maxActive);
});
