const named = async (x) => { await go(x); };
async function declared(x) { await go(x); }
class A {
  async one(x) { await go(x); }
  run(list) {
    list.forEach(async (x) => { await this.one(x); }); //~ foreach-async
  }
}
function found(list, map) {
  list.forEach(async (x) => { await go(x); }); //~ foreach-async
  list.forEach(async function (x) { await go(x); }); //~ foreach-async
  list.forEach(async (x) => await go(x)); //~ foreach-async
  list.forEach(named); //~ foreach-async
  list.forEach(declared); //~ foreach-async
  map.forEach(async (value, key) => { await go(key, value); }); //~ foreach-async
  list.filter(Boolean).forEach(async (x) => { await go(x); }); //~ foreach-async
  [1, 2].forEach(async (x) => { await go(x); }); //~ foreach-async
}
async function fine(list, declared, callback) {
  list.forEach((x) => { console.log(x); }); // ok
  list.forEach((x) => { const f = async () => { await go(x); }; return f; }); // ok
  await Promise.all(list.map(async (x) => { await go(x); })); // ok
  for (const x of list) await go(x); // ok
  list.forEach(declared); // ok
  list.forEach(callback); // ok
  for await (const x of list) go(x); // ok
  await list.reduce(async (before, x) => { await before; await go(x); }, null); // ok
  const queue = new Queue();
  await queue.forEach(async (x) => { await go(x); }); // ok
}
class Queue {
  async forEach(f) { for (const x of [1]) await f(x); }
}
