// only: floating-promise, misused-promise, single-promise-in-all
const delay = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
function later(x) { return new Promise((r) => setTimeout(r, x)); }
const api = { async get() { await null; }, post: async () => { await null; }, wait(ms) { return delay(ms); } };
function main() {
  delay(10); //~ floating-promise
  later(10); //~ floating-promise
  api.get(); //~ floating-promise
  api.post(); //~ floating-promise
  api.wait(1); //~ floating-promise
  const { get } = api;
  get(); //~ floating-promise
  const d = delay;
  d(1); //~ floating-promise
  Promise.all([delay(1), delay(2)]); //~ floating-promise
  Promise.resolve(1); //~ floating-promise
  Promise.reject(new Error("x")); //~ floating-promise
  Promise.race([delay(1)]).finally(() => {}); //~ floating-promise, single-promise-in-all
  Promise.allSettled([delay(1), delay(2)]).then(console.log); //~ floating-promise
  true && delay(1); //~ floating-promise
  true ? delay(1) : delay(2); //~ floating-promise
  delay(1), delay(2); //~ floating-promise
  (async () => { await delay(1); })(); //~ floating-promise
  (async function () { await delay(1); })().catch(() => {});
  (() => delay(1))(); //~ floating-promise
  new Promise((r) => r(1)); //~ floating-promise
  import("./x.js"); //~ floating-promise
  delay(1).catch(undefined); //~ floating-promise
  delay(1).then(null, null); //~ floating-promise
  delay(1).catch(console.error).then(() => {}); //~ floating-promise
  !delay(1); //~ misused-promise
  `${delay(1)}`;
  delay(3).then(() => {}).catch(() => {}).finally(() => {});
}
main();
