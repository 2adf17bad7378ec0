// An await among what should run together.
async function found(a, b, c) {
  await Promise.all([await a(), b()]); //~ await-in-promise-all
  await Promise.all([a(), await b()]); //~ await-in-promise-all
  await Promise.allSettled([await a(), b()]); //~ await-in-promise-all
  await Promise.any([await a(), b()]); //~ await-in-promise-all
  await Promise.race([await a(), b()]); //~ await-in-promise-all
  const [x] = await Promise.all([await a(), b()]); //~ await-in-promise-all
  return Promise.all([
    a(),
    await b(), //~ await-in-promise-all
    await c(), //~ await-in-promise-all
    x,
  ]);
}
async function fine(a, b, list) {
  await Promise.all([a(), b()]); // ok
  await Promise.all(await list()); // ok
  await Promise.all([a(), ...(await list())]); // ok
  await Promise.all(list.map(async (x) => await a(x))); // ok
  await Promise.all([(async () => await a())(), b()]); // ok
  await Promise.resolve(await a()); // ok
  await Promise.all([a(await b()), b()]); // ok
  return [await a(), await b()]; // ok
}
async function shadow(Promise, a, b) {
  await Promise.all([await a(), b()]); // ok
}
