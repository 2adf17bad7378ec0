// only: floating-promise, foreach-async, misused-promise
async function load() { await null; return []; }
async function isOk() { await null; return true; }
async function f(xs) {
  if (isOk()) return 1; //~ misused-promise
  if (await isOk()) return 1;
  if (!isOk()) return 1; //~ misused-promise
  while (isOk()) break; //~ misused-promise
  const a = isOk() ? 1 : 2; //~ misused-promise
  const b = isOk() && 3; //~ misused-promise
  const c = { ...load() }; //~ misused-promise
  const d = [...load()]; //~ misused-promise
  for (const x of load()) console.log(x); //~ misused-promise
  for await (const x of load()) console.log(x);
  const e = xs.filter(async (x) => { await null; return x; }); //~ misused-promise
  const g = xs.filter(isOk); //~ misused-promise
  const h = xs.some(isOk); //~ misused-promise
  const i = xs.find((x) => isOk(x)); //~ misused-promise
  xs.sort(async (a, b) => { await null; return a - b; }); //~ misused-promise
  const p = isOk();
  if (p) return 2; //~ misused-promise
  const ok = await p;
  if (ok) return 3;
  xs.forEach(isOk); //~ misused-promise, foreach-async
  xs.forEach((x) => isOk(x)); //~ misused-promise
  xs.forEach((x) => { isOk(x); }); //~ floating-promise
  const r = xs.map(async (x) => { await null; return x; });
  const s = xs.map(isOk); //~ floating-promise
  return await Promise.all(r);
}
