const sleep = (ms) => new Promise((r) => setTimeout(r, ms));
const work = async (id) => { await sleep(id * 5); if (id === 3) throw new Error('bad ' + id); return id * 10; };
function once(fn) { return new Promise((resolve, reject) => { try { resolve(fn()); } catch (e) { reject(e); } }); }
console.log(await once(() => 5), await once(() => work(2)));
try { await once(() => work(3)); } catch (e) { console.log('caught', e.message); }
try { await once(() => { throw new Error('sync'); }); } catch (e) { console.log('caught', e.message); }
class Q {
  jobs = [];
  add(fn) { return new Promise((resolve, reject) => { this.jobs.push({ fn, resolve, reject }); }); }
  flush() { for (const { fn, resolve } of this.jobs.splice(0)) resolve(fn()); }
  flush2() { while (this.jobs.length) { const job = this.jobs.shift(); const p = job.fn(); job.resolve(p); } }
}
const q = new Q();
const a = q.add(() => work(1)), b = q.add(() => 7), c = q.add(() => work(3));
q.flush();
console.log(await a, await b, await c.catch((e) => e.message));
const d = q.add(() => work(4));
q.flush2();
console.log(await d);
const cache = new Map();
function memo(key) {
  if (!cache.has(key)) cache.set(key, new Promise((resolve) => setTimeout(() => resolve(work(key)), 5)));
  return cache.get(key);
}
console.log(await memo(1), await memo(1));
function chainIt(x) { return new Promise((res) => res(x > 1 ? work(x) : x)); }
console.log(await chainIt(1), await chainIt(2));
