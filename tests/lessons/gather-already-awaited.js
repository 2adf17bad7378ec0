async function found(a, b) {
  await Promise.all([await a(), await b()]); //~ gather-already-awaited
  const x = await a();
  const y = await b();
  const both = await Promise.all([x, y]); //~ gather-already-awaited
  await Promise.allSettled([x, await b()]); //~ gather-already-awaited
  return Promise.all([await a(both)]); //~ gather-already-awaited
}
async function fine(a, b, xs) {
  await Promise.all([a(), b()]); // ok
  const x = await a();
  await Promise.all([x, b()]); // ok
  const p = a();
  await Promise.all([p, b()]); // ok
  await Promise.all(await xs()); // ok
  await Promise.all([]); // ok
}
