// A small HTTP-ish service client with retries, backoff and a circuit breaker.
class CircuitOpenError extends Error {
  constructor(service) {
    super(`Circuit for ${service} is open`);
    this.name = 'CircuitOpenError';
    this.service = service;
  }
}

class CircuitBreaker {
  #failures = 0;
  #state = 'closed';
  constructor(service, { threshold = 3 } = {}) {
    this.service = service;
    this.threshold = threshold;
  }
  get state() {
    return this.#state;
  }
  async exec(fn) {
    if (this.#state === 'open') throw new CircuitOpenError(this.service);
    try {
      const result = await fn();
      this.#failures = 0;
      return result;
    } catch (err) {
      if (++this.#failures >= this.threshold) this.#state = 'open';
      throw err;
    }
  }
}

const delay = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function withRetry(fn, { retries = 3, base = 2, onRetry = () => {} } = {}) {
  let attempt = 0;
  for (;;) {
    try {
      return await fn(attempt);
    } catch (err) {
      if (attempt >= retries || err instanceof CircuitOpenError) throw err;
      const wait = base * 2 ** attempt;
      onRetry(err, attempt, wait);
      await delay(wait);
      attempt += 1;
    }
  }
}

const flaky = (failures) => {
  let calls = 0;
  return async () => {
    calls++;
    if (calls <= failures) throw new Error(`boom #${calls}`);
    return { ok: true, calls };
  };
};

(async () => {
  const a = flaky(2);
  const res = await withRetry(() => a(), {
    onRetry: (e, n, w) => console.log(`retry ${n + 1} after ${w}ms: ${e.message}`),
  });
  console.log(res.ok, res.calls);

  const breaker = new CircuitBreaker('billing', { threshold: 2 });
  const b = flaky(10);
  try {
    await withRetry(() => breaker.exec(b), { retries: 5 });
  } catch (err) {
    console.log(err.name, '-', err.message, breaker.state);
  }
})();
