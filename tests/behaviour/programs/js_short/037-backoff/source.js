const sleep = (ms) => new Promise((r) => setTimeout(r, ms));

async function withBackoff(operation, { retries = 4, base = 2, factor = 2, max = 10 } = {}) {
  let delay = base;
  for (let i = 0; ; i++) {
    try {
      return await operation(i);
    } catch (err) {
      if (i >= retries || err.fatal) throw err;
      console.log(`retry ${i + 1} in ${delay}`);
      await sleep(delay);
      delay = Math.min(delay * factor, max);
    }
  }
}

withBackoff(async (i) => {
  if (i < 4) throw new Error('busy');
  return `done at ${i}`;
})
  .then(console.log)
  .then(() =>
    withBackoff(() => Promise.reject(Object.assign(new Error('denied'), { fatal: true })))
  )
  .catch((e) => console.log(e.message, e.fatal));
