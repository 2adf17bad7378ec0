const sleep = ms => new Promise(r => setTimeout(r, ms));

async function* countTo(n) {
  try {
    for (let i = 1; i <= n; i++) {
      await sleep(5);
      yield i;
    }
  } finally {
    console.log('generator closed');
  }
}

(async () => {
  for await (const n of countTo(3)) {
    console.log('n =', n);
  }
  for await (const n of countTo(100)) {
    if (n > 2) break;
    console.log('early', n);
  }
})();
