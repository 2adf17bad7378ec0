import { setTimeout as sleep } from 'node:timers/promises';

class HttpError extends Error {
  constructor(status, message) {
    super(message);
    this.name = 'HttpError';
    this.status = status;
  }
  get retryable() {
    return this.status === 429 || this.status >= 500;
  }
}

/**
 * @template T
 * @param {(attempt: number) => Promise<T>} fn
 * @param {{retries?: number, base?: number, factor?: number, onRetry?: Function}} options
 * @returns {Promise<T>}
 */
export async function retry(fn, { retries = 3, base = 5, factor = 2, onRetry } = {}) {
  let delay = base;
  for (let attempt = 1; ; attempt++) {
    try {
      return await fn(attempt);
    } catch (err) {
      const giveUp = attempt > retries || err.retryable === false;
      if (giveUp) {
        throw new Error(`gave up after ${attempt} attempt${attempt > 1 ? 's' : ''}`, { cause: err });
      }
      onRetry?.({ attempt, delay, err });
      await sleep(delay);
      delay *= factor;
    }
  }
}

// Fake upstream which answers from a script
function upstream(script) {
  const answers = script[Symbol.iterator]();
  return async (path) => {
    await sleep(2);
    const { value } = answers.next();
    if (value >= 400) throw new HttpError(value, `${path} answered ${value}`);
    return { path, status: value };
  };
}

const log = ({ attempt, delay, err }) =>
  console.log(`  attempt ${attempt} failed (${err.status ?? err.code}), next in ${delay}ms`);

const scenarios = {
  'happy path': [200],
  'flaky gateway': [503, 502, 200],
  'rate limited': [429, 429, 429, 429],
  'not found': [500, 404, 200],
};

for (const [title, script] of Object.entries(scenarios)) {
  console.log(`${title}:`);
  const get = upstream(script);
  try {
    const res = await retry(() => get('/orders'), { onRetry: log });
    console.log('  ok', res);
  } catch (err) {
    console.log(`  ${err.message} <- ${err.cause.name}: ${err.cause.message}`);
  }
}
