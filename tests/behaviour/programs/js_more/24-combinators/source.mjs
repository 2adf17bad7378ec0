// Promise combinators: any, race, allSettled, AggregateError, deferred
function deferred() {
  let resolve, reject;
  const promise = new Promise((res, rej) => { resolve = res; reject = rej; });
  return { promise, resolve, reject };
}
const later = (ms, v) => new Promise((r) => setTimeout(() => r(v), ms));
const fail = (ms, msg) => new Promise((_, rej) => setTimeout(() => rej(new Error(msg)), ms));
console.log(await Promise.any([fail(1, 'x'), later(6, 'slow'), later(3, 'quick')]));
try {
  await Promise.any([fail(1, 'first'), fail(2, 'second')]);
} catch (e) {
  console.log(e instanceof AggregateError, e.errors.map((x) => x.message).join('|'));
}
console.log(await Promise.race([later(5, 'tortoise'), later(1, 'hare')]));
const d = deferred();
setTimeout(d.resolve, 2, 'late value');
console.log(await d.promise);
const gate = deferred();
const waiting = ['a', 'b'].map(async (n) => { await gate.promise; return `${n} through`; });
gate.resolve();
console.log(await Promise.all(waiting));
const bad = deferred();
const handled = bad.promise.catch((e) => `handled ${e.message}`);
bad.reject(new RangeError('nope'));
console.log(await handled);
const settled = await Promise.allSettled([later(1, 1), fail(1, 'bad'), 42, Promise.reject(new TypeError('t'))]);
console.log(settled.map(({ status, value, reason }) => `${status}:${value ?? reason.message}`).join(', '));
const results = {};
await Promise.all(Object.entries({ x: later(2, 10), y: later(1, 20) }).map(async ([k, p]) => { results[k] = await p; }));
console.log(Object.keys(results).sort().join(), results.x + results.y);
async function firstValid(loaders) {
  const errors = [];
  for (const load of loaders) {
    try {
      const v = await load();
      if (v != null) return v;
    } catch (e) { errors.push(e); }
  }
  throw new AggregateError(errors, `all ${loaders.length} loaders failed`);
}
console.log(await firstValid([() => fail(1, 'a'), async () => null, () => later(1, 'third')]));
await firstValid([() => fail(1, 'p'), async () => { throw new Error('q'); }]).catch((e) => console.log(e.message, e.errors.length, e.errors[1].message));
const seq = await [1, 2, 3].reduce(async (accP, n) => { const acc = await accP; await later(1); return [...acc, n * n]; }, Promise.resolve([]));
console.log(seq);
const timed = await Promise.race([later(20, 'work'), new Promise((_, rej) => setTimeout(rej, 4, new Error('timed out')))]).catch((e) => e.message).finally(() => console.log('raced'));
console.log(timed);
