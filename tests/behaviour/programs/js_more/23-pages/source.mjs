// Paginated API client with concurrency, dedupe and cancellation
const DB = Array.from({ length: 23 }, (_, i) => ({ id: i + 1, name: `user${i + 1}`, team: ['red', 'green', 'blue'][i % 3] }));
const wait = (ms) => new Promise((r) => setTimeout(r, ms));
let calls = 0;
async function fetchPage(page, size = 10) {
  calls++;
  await wait(2);
  const start = (page - 1) * size;
  const items = DB.slice(start, start + size);
  return { items, page, next: start + size < DB.length ? page + 1 : null };
}
async function* pages(size) {
  let page = 1;
  do {
    const { items, next } = await fetchPage(page, size);
    yield* items;
    page = next;
  } while (page !== null);
}
async function collect(iter, limit = Infinity) {
  const out = [];
  for await (const x of iter) {
    out.push(x);
    if (out.length >= limit) break;
  }
  return out;
}
async function* filterAsync(iter, pred) {
  for await (const x of iter) if (await pred(x)) yield x;
}
async function* mapAsync(iter, fn) {
  let i = 0;
  for await (const x of iter) yield fn(x, i++);
}
const all = await collect(pages(10));
console.log(all.length, calls, all.at(-1).name);
calls = 0;
const few = await collect(mapAsync(filterAsync(pages(5), async ({ team }) => { await null; return team === 'blue'; }), ({ name }, i) => `${i}:${name}`), 3);
console.log(few, calls);
async function mapLimit(list, limit, fn) {
  const results = new Array(list.length);
  let index = 0;
  const worker = async () => {
    while (index < list.length) {
      const i = index++;
      results[i] = await fn(list[i], i);
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, list.length) }, worker));
  return results;
}
let active = 0, peak = 0;
const doubled = await mapLimit([5, 1, 4, 2, 3], 2, async (n, i) => {
  active++;
  peak = Math.max(peak, active);
  await wait(n);
  active--;
  return n * 2 + i;
});
console.log(doubled, peak);
const teams = all.reduce((m, u) => m.set(u.team, [...(m.get(u.team) ?? []), u.id]), new Map());
for (const [team, ids] of teams) console.log(team.padEnd(6), ids.length, ids.slice(0, 3));
console.log(Object.fromEntries([...teams].map(([t, ids]) => [t, ids.reduce((a, b) => a + b)])));
const ac = new AbortController();
const stream = (async function* () {
  let n = 0;
  while (!ac.signal.aborted) {
    yield ++n;
    await wait(1);
    if (n === 4) ac.abort('enough');
  }
})();
console.log(await collect(stream), ac.signal.reason, ac.signal.aborted);
