const { once } = require('node:events');

const wait = (ms, { signal } = {}) =>
  new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const t = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve('waited ' + ms);
    }, ms);
    function onAbort() {
      clearTimeout(t);
      reject(signal.reason);
    }
    signal?.addEventListener('abort', onAbort, { once: true });
  });

async function withTimeout(fn, ms) {
  const ac = new AbortController();
  const timer = setTimeout(() => ac.abort(new Error(`timed out after ${ms}ms`)), ms);
  try {
    return await fn(ac.signal);
  } finally {
    clearTimeout(timer);
  }
}

async function firstOf(...fns) {
  const ac = new AbortController();
  try {
    return await Promise.any(fns.map((fn) => fn(ac.signal)));
  } finally {
    ac.abort();
  }
}

async function main() {
  console.log(await withTimeout((signal) => wait(5, { signal }), 100));
  try {
    await withTimeout((signal) => wait(500, { signal }), 10);
  } catch (e) {
    console.log('caught:', e.message);
  }
  console.log(await firstOf((signal) => wait(40, { signal }), (signal) => wait(5, { signal })));
  const results = await Promise.race([wait(50).then(() => 'slow'), wait(10).then(() => 'fast')]);
  console.log(results);
  const ac = new AbortController();
  setTimeout(() => ac.abort(), 5);
  try {
    await wait(1000, { signal: ac.signal });
  } catch (err) {
    console.log(err.name, ac.signal.aborted);
  }
}
main();
