function withTimeout(promise, ms) {
  let timer;
  const timeout = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Timed out after ${ms}ms`)), ms);
  });
  return Promise.race([promise, timeout]).finally(() => clearTimeout(timer));
}

const wait = (ms, v) => new Promise((r) => setTimeout(r, ms, v));

(async () => {
  console.log(await withTimeout(wait(5, 'fast result'), 50));
  try {
    await withTimeout(wait(50, 'slow result'), 10);
  } catch (err) {
    console.log(err.message);
  }
})();
