// Retry with exponential backoff, jitter-free, abortable
const sleep = (ms, { signal } = {}) =>
  new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    }, { once: true });
  });

class RetryError extends Error {
  constructor(attempts, cause) {
    super(`gave up after ${attempts} attempts`, { cause });
    this.name = this.constructor.name;
    this.attempts = attempts;
  }
}

async function retry(fn, { retries = 3, base = 2, factor = 2, signal, onRetry } = {}) {
  let attempt = 0;
  while (true) {
    attempt++;
    try {
      return await fn(attempt);
    } catch (err) {
      if (attempt > retries) throw new RetryError(attempt, err);
      const wait = base * factor ** (attempt - 1);
      onRetry?.({ attempt, wait, err });
      await sleep(wait, { signal });
    }
  }
}

const flaky = (failures) => async (n) => {
  if (n <= failures) throw new Error(`failure #${n}`);
  return `ok on ${n}`;
};

console.log(await retry(flaky(2), { onRetry: ({ attempt, wait }) => console.log(`retry ${attempt} in ${wait}ms`) }));
try {
  await retry(flaky(10), { retries: 2 });
} catch (e) {
  console.log(e.name, '-', e.message, '-', e.cause.message);
}
const controller = new AbortController();
setTimeout(() => controller.abort(new Error('user cancelled')), 15);
try {
  await retry(flaky(100), { retries: 50, base: 5, signal: controller.signal });
} catch (e) {
  console.log('stopped:', e.message);
}
const timeout = (p, ms) => Promise.race([
  p,
  new Promise((_, reject) => setTimeout(() => reject(new Error(`timeout ${ms}`)), ms)),
]);
const outcomes = await Promise.allSettled([
  timeout(sleep(3).then(() => 'fast'), 30),
  timeout(sleep(60).then(() => 'slow'), 10),
]);
for (const { status, value, reason } of outcomes) {
  console.log(status, status === 'fulfilled' ? value : reason.message);
}
