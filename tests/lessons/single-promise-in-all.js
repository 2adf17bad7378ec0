// One operation alone.
async function found(a, b) {
  await Promise.all([a()]); //~ single-promise-in-all
  const [x] = await Promise.all([a()]); //~ single-promise-in-all
  await Promise.any([a()]); //~ single-promise-in-all
  await Promise.race([a()]); //~ single-promise-in-all
  const p = Promise.all([b]); //~ single-promise-in-all
  await Promise.all([a().then((v) => v)]); //~ single-promise-in-all
  return Promise.all([x, p].length ? [a()] : [b()]); // ok
}
async function fine(a, b, list) {
  await Promise.all([a(), b()]); // ok
  await Promise.all(list); // ok
  await Promise.all([...list]); // ok
  await Promise.all([]); // ok
  await Promise.allSettled([a()]); // ok
  await Promise.all(list.map((x) => a(x))); // ok
  await Promise.resolve([a()]); // ok
}
function shadow(Promise, a) {
  return Promise.all([a()]); // ok
}
