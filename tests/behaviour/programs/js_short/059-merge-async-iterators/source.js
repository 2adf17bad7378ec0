async function* source(name, times) {
  for (const ms of times) {
    await new Promise((r) => setTimeout(r, ms));
    yield `${name}@${ms}`;
  }
}

async function* merge(...iters) {
  const pending = new Map(iters.map((it, i) => [i, it.next().then((r) => ({ i, r }))]));
  while (pending.size) {
    const { i, r } = await Promise.race(pending.values());
    if (r.done) {
      pending.delete(i);
    } else {
      pending.set(i, iters[i].next().then((r) => ({ i, r })));
      yield r.value;
    }
  }
}

(async () => {
  for await (const v of merge(source('A', [5, 40]), source('B', [25, 45]))) {
    console.log(v);
  }
})();
