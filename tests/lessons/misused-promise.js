// A promise or an async function where a value or a plain callback is expected.
async function isReady() { return (await fetch("/ready")).ok; }
const check = async (x) => (await fetch(x)).ok;

function conditions(list) {
  if (isReady()) list.push(1); //~ misused-promise
  while (isReady()) break; //~ misused-promise
  const a = isReady() ? 1 : 2; //~ misused-promise
  const b = !isReady(); //~ misused-promise
  if (list.length && isReady()) list.push(2); //~ misused-promise
  const c = isReady() || 3; //~ misused-promise
  do { list.pop(); } while (check(1)); //~ misused-promise
  for (let i = 0; isReady(); i++) list.push(i); //~ misused-promise
  const promise = isReady();
  if (promise) list.push(4); //~ misused-promise
  return [a, b, c];
}

function spreads() {
  const o = { ...isReady() }; //~ misused-promise
  const l = [...isReady()]; //~ misused-promise
  return [o, l];
}

function callbacks(list, emitter, target) {
  list.forEach(async (x) => { await check(x); }); //~ misused-promise
  list.forEach(check); //~ misused-promise
  const good = list.filter(async (x) => await check(x)); //~ misused-promise
  const some = list.some(check); //~ misused-promise
  const found = list.find(async (x) => (await check(x)) === 1); //~ misused-promise
  setTimeout(async () => { await check(1); }, 10); //~ misused-promise
  setInterval(check, 10); //~ misused-promise
  emitter.on("data", async (x) => { await check(x); }); //~ misused-promise
  target.addEventListener("click", check); //~ misused-promise
  process.nextTick(async () => { await check(1); }); //~ misused-promise
  list.sort(async (a, b) => (await check(a)) - b); //~ misused-promise
  return [good, some, found];
}

function load(x) { return fetch(x); }
function handingOver(list, emitter, target) {
  setTimeout(() => check(1), 10); //~ misused-promise
  emitter.on("end", load); //~ misused-promise
  const good = list.filter((x) => check(x)); //~ misused-promise
  target.addEventListener("click", function () { return load(2); }); //~ misused-promise
  process.on("SIGINT", () => isReady().then(() => process.exit())); //~ misused-promise
  setTimeout(() => check(1).catch(console.error), 10); // ok
  emitter.on("end", () => { void load(3); }); // ok
  emitter.on("end", () => void load(3)); // ok
  emitter.off("end", check); // ok
  target.removeEventListener("click", check); // ok
  emitter.on("end", (x) => list.push(x)); // ok
  setTimeout(() => target.later(), 10); // ok
  return good;
}

async function fine(list, emitter, maybe) {
  if (await isReady()) list.push(1); // ok
  const a = (await isReady()) ? 1 : 2; // ok
  const promises = list.map(async (x) => await check(x)); // ok
  await Promise.all(promises);
  emitter.on("data", (x) => { void check(x); }); // ok
  list.forEach((x) => console.log(x)); // ok
  let cache;
  if (maybe) cache = isReady();
  if (cache) return cache; // ok
  const o = { ...(await isReady()) }; // ok
  setTimeout(() => list.push(2), 1); // ok
  const chosen = maybe ? isReady() : check(1); // ok
  const value = maybe ?? isReady(); // ok
  await list.reduce(async (sum, x) => (await sum) + (await check(x)), 0); // ok
  if (maybe.isReady()) list.push(3); // ok
  return [a, o, value, await chosen];
}

function shadow(isReady, check, list) {
  if (isReady()) list.push(1); // ok
  list.forEach(check); // ok
}

class Jobs {
  async forEach(callback) { for (const x of [1]) await callback(x); }
}
async function own() {
  const jobs = new Jobs();
  await jobs.forEach(async (x) => { await check(x); }); // ok
}
