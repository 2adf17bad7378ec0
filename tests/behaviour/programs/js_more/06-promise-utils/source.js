const delay = (ms, value) => new Promise((res) => setTimeout(() => res(value), ms));

const timeout = (promise, ms, message = 'timeout') => {
  let timer;
  return Promise.race([
    promise,
    new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error(message)), ms);
    }),
  ]).finally(() => clearTimeout(timer));
};

const series = async (tasks) => {
  const out = [];
  for (const t of tasks) out.push(await t());
  return out;
};

const retry = async (fn, times) => {
  let last;
  for (let i = 1; i <= times; i++) {
    try {
      return await fn(i);
    } catch (e) {
      last = e;
      console.log(`attempt ${i} failed: ${e.message}`);
    }
  }
  throw new Error('all attempts failed', { cause: last });
};

function memoize(fn) {
  const cache = new Map();
  return async (key) => {
    if (!cache.has(key)) cache.set(key, fn(key));
    return cache.get(key);
  };
}

const pipe = (...fns) => (x) => fns.reduce((p, f) => p.then(f), Promise.resolve(x));

class Deferred {
  constructor() {
    this.promise = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }
}

async function main() {
  console.log(await timeout(delay(5, 'quick'), 50));
  await timeout(delay(200), 10, 'too slow').catch((e) => console.log(e.message));
  console.log(await series([() => delay(3, 'a'), () => delay(1, 'b'), async () => 'c']));
  try {
    await retry(async (n) => { throw new TypeError(`no ${n}`); }, 2);
  } catch (e) {
    console.log(e.message, '<-', e.cause.message);
  }
  let calls = 0;
  const load = memoize(async (k) => { calls++; await delay(2); return k.length; });
  const sizes = await Promise.all(['aa', 'bbb', 'aa'].map((k) => load(k)));
  console.log(sizes, calls);
  console.log(await pipe((x) => x + 1, (x) => delay(1, x * 2), (x) => `result ${x}`)(20));
  const d = new Deferred();
  setTimeout(() => d.resolve('deferred!'), 5);
  console.log(await d.promise);
  const all = await Promise.allSettled([delay(1, 1), Promise.reject(new Error('x')), 3]);
  console.log(all.map((r) => (r.status === 'fulfilled' ? r.value : r.reason.message)));
  const first = await Promise.any([delay(20, 'slow'), delay(5, 'fast'), Promise.reject(new Error('bad'))]);
  console.log(first);
  await Promise.all([delay(1), Promise.reject(new RangeError('stop'))]).then(
    () => console.log('never'),
    (e) => console.log('rejected with', e.message),
  );
}

main().then(() => console.log('end'));
