const sleep = (ms) => new Promise((r) => setTimeout(r, ms));
function createLimiter(max) {
  let active = 0;
  const waiting = [];
  const next = () => { active--; if (waiting.length) waiting.shift()(); };
  return (fn) => new Promise((resolve, reject) => {
    const run = () => {
      active++;
      Promise.resolve().then(fn).then(resolve, reject).finally(next);
    };
    if (active < max) run(); else waiting.push(run);
  });
}
function limiter2(max) {
  let active = 0; const queue = [];
  const run = async (fn, resolve, reject) => {
    active++;
    try { resolve(await fn()); } catch (e) { reject(e); }
    active--;
    if (queue.length > 0) queue.shift()();
  };
  return (fn) => new Promise((resolve, reject) => {
    const task = () => run(fn, resolve, reject);
    if (active < max) task(); else queue.push(task);
  });
}
class Pool {
  constructor(n) { this.n = n; this.busy = 0; this.jobs = []; }
  run(fn) {
    return new Promise((resolve, reject) => {
      this.jobs.push({ fn, resolve, reject });
      this.drain();
    });
  }
  drain() {
    while (this.busy < this.n && this.jobs.length) {
      const { fn, resolve, reject } = this.jobs.shift();
      this.busy++;
      const p = fn();
      p.then(resolve, reject).finally(() => { this.busy--; this.drain(); });
    }
  }
}
class Pool2 {
  jobs = []; busy = 0;
  add(fn) { return new Promise((resolve) => { this.jobs.push({ fn, resolve }); this.tick(); }); }
  async tick() {
    if (this.busy >= 2 || !this.jobs.length) return;
    const job = this.jobs.shift();
    this.busy++;
    const p = job.fn();
    job.resolve(p);
    await p.catch(() => {});
    this.busy--;
    this.tick();
  }
}
const work = async (id, ms) => { console.log('start', id); await sleep(ms); console.log('end', id); if (id === 3) throw new Error('three'); return id * 10; };
for (const make of [createLimiter, limiter2]) {
  const limit = make(2);
  console.log(await Promise.allSettled([1, 2, 3, 4].map((id) => limit(() => work(id, id * 10)))).then((r) => r.map((x) => x.value ?? x.reason.message).join()));
}
const pool = new Pool(2);
console.log((await Promise.allSettled([1, 2, 3, 4].map((id) => pool.run(() => work(id, id * 10))))).map((x) => x.value ?? x.reason.message).join());
const p2 = new Pool2();
console.log((await Promise.allSettled([1, 2, 3, 4].map((id) => p2.add(() => work(id, id * 10))))).map((x) => x.value ?? x.reason.message).join());
