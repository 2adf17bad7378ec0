async function retry(fn, { times = 3, delay = 5 } = {}) {
  let lastError;
  for (let attempt = 1; attempt <= times; attempt++) {
    try {
      return await fn(attempt);
    } catch (err) {
      lastError = err;
      console.log(`attempt ${attempt} failed: ${err.message}`);
      if (attempt < times) await new Promise((r) => setTimeout(r, delay));
    }
  }
  throw new Error(`Gave up after ${times} attempts`, { cause: lastError });
}

const flaky = async (n) => {
  if (n < 3) throw new Error('not yet');
  return `success on ${n}`;
};

retry(flaky)
  .then(console.log)
  .then(() => retry(async () => { throw new Error('always'); }, { times: 2 }))
  .catch((e) => console.log(e.message, '| cause:', e.cause.message));
