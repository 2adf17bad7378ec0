// only: single-promise-in-all, await-in-promise-all, gather-already-awaited, sequential-in-disguise
async function load(x) { await tick(); return x; }
async function a(xs) {
  await Promise.all([load(1)]); //~ single-promise-in-all
  await Promise.all([load(1), load(2)]);
  await Promise.all([...xs]);
  await Promise.all(xs);
  await Promise.race([load(1)]); //~ single-promise-in-all
  await Promise.any([load(1)]); //~ single-promise-in-all
  await Promise.allSettled([load(1)]);
  await Promise.all([await load(1), load(2)]); //~ await-in-promise-all
  await Promise.all([await load(1), await load(2)]); //~ await-in-promise-all, gather-already-awaited
  const p = await load(1); const q = await load(2);
  await Promise.all([p, q]); //~ gather-already-awaited
  const r = load(3); //~ sequential-in-disguise
  await r;
  const s = load(4);
  const t = load(5);
  await s; await t;
  const { all } = Promise;
  const P = Promise;
  await P.all([load(1)]); //~ single-promise-in-all
  await Promise.all([load(await load(1)), load(2)]);
  await Promise.all([
    await load(1), //~ await-in-promise-all
    load(2),
  ]);
  await Promise.all(xs.map(async (x) => await load(x)));
  await Promise.all([await load(1)].concat(xs));
}
async function b() {
  const x = load(1); //~ sequential-in-disguise
  const y = await x;
  return y;
}
async function c() {
  const x = load(1); //~ sequential-in-disguise
  return await x;
}
async function d() {
  const x = load(1);
  prepare();
  return await x;
}
