// only: race-after-await
let total = 0; let cache; let count = 0; const state = { n: 0 };
async function add(x) { total += await price(x); } //~ race-after-await
async function add2(x) { const p = await price(x); total += p; }
async function add3(x) { total = total + (await price(x)); } //~ race-after-await
async function add4(x) { const old = total; const p = await price(x); total = old + p; } //~ race-after-await
async function get() { if (!cache) { cache = await load(); } return cache; } //~ race-after-await
async function get2() { cache ??= await load(); } //~ race-after-await
async function get3() { cache = cache || (await load()); } //~ race-after-await
async function get4() { if (!cache) cache = load(); return await cache; }
async function get5() { if (cache) return cache; cache = await load(); return cache; } //~ race-after-await
async function inc() { state.n = state.n + (await one()); } //~ race-after-await
async function inc2() { state.n += await one(); } //~ race-after-await
async function loc() { let n = 0; n += await one(); return n; }
async function loc2(ctx) { ctx.body = ctx.body + (await one()); }
async function set() { total = await one(); }
async function flag() { if (busy) return; busy = true; try { await one(); } finally { busy = false; } }
let busy = false;
async function loop(xs) { for (const x of xs) { count += await one(x); } } //~ race-after-await
async function clos(xs) { let sum = 0; await Promise.all(xs.map(async (x) => { sum += await one(x); })); return sum; } //~ race-after-await
async function clos2(xs) { let sum = 0; await Promise.all(xs.map(async (x) => { const v = await one(x); sum += v; })); return sum; }
async function* gen() { total += yield 1; } //~ race-after-await
class C { constructor() { this.n = 0; } async add() { this.n += await one(); } async add2() { const v = await one(); this.n += v; } //~ race-after-await
  async init() { if (this.ready) return; await one(); this.ready = true; }
  async conn() { if (!this.db) this.db = await open(); return this.db; } } //~ race-after-await
