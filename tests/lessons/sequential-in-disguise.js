async function work(x) { await fetch(x); }
async function found() {
  const p = work(1); //~ sequential-in-disguise
  await p;
  const q = work(2); //~ sequential-in-disguise
  const value = await q;
  const r = fetch("/x"); //~ sequential-in-disguise
  const response = await r;
  for (const x of [1, 2]) {
    const s = work(x); //~ sequential-in-disguise
    await s;
  }
  const t = work(3); //~ sequential-in-disguise
  return await t;
}
async function fine(items) {
  const a = work(1); // ok
  const b = work(2); // ok
  await a;
  await b;
  const c = work(3); // ok
  console.log("meanwhile");
  await c;
  await work(4); // ok
  const d = work(5); // ok
  d.catch(() => {});
  await d;
  const all = items.map(work); // ok
  await Promise.all(all);
  const f = work(6); // ok
  await Promise.race([f, work(7)]);
  const g = work(8); // ok
  items.push(g);
  await g;
}
