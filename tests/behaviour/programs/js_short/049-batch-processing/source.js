function chunk(arr, size) {
  const out = [];
  for (let i = 0; i < arr.length; i += size) out.push(arr.slice(i, i + size));
  return out;
}

async function processInBatches(items, size, fn) {
  const results = [];
  for (const [n, batch] of chunk(items, size).entries()) {
    console.log(`batch ${n + 1}: [${batch}]`);
    results.push(...(await Promise.all(batch.map(fn))));
  }
  return results;
}

const ids = Array.from({ length: 7 }, (_, i) => i + 1);
processInBatches(ids, 3, async (id) => {
  await new Promise((r) => setTimeout(r, 10 - id));
  return `item-${id}`;
}).then((all) => console.log(all.join(' ')));
