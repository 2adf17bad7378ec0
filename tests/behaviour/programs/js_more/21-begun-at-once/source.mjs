import { EventEmitter } from 'node:events';
const sleep = (ms) => new Promise((r) => setTimeout(r, ms));
class Scheduler {
  #queue = []; #running = 0; #done = [];
  constructor(limit) { this.limit = limit; }
  add(name, ms) { this.#queue.push({ name, ms }); this.#drain(); return this.stats(); }
  stats() { return `${this.#running}/${this.#queue.length}/${this.#done.length}`; }
  #drain() {
    while (this.#running < this.limit && this.#queue.length > 0) {
      const job = this.#queue.shift();
      this.#run(job);
    }
  }
  async #run(job) {
    this.#running++;
    try { await sleep(job.ms); this.#done.push(job.name); } finally { this.#running--; this.#drain(); }
  }
  async idle() { while (this.#running || this.#queue.length) await sleep(2); return this.#done; }
}
const s = new Scheduler(2);
for (const [n, ms] of [['a', 30], ['b', 10], ['c', 10], ['d', 1]]) console.log(s.add(n, ms));
console.log(await s.idle());
const bus = new EventEmitter();
let handled = 0;
async function handle(x) { handled++; console.log('handling', x); await sleep(1); console.log('handled', x); }
bus.on('x', (v) => handle(v));
bus.emit('x', 1); console.log('after emit', handled);
bus.emit('x', 2); console.log('after emit', handled);
await sleep(20);
let ticks = 0;
const poll = async () => { ticks++; if (ticks > 2) return; await sleep(1); poll(); };
function startPolling() { poll(); return ticks; }
console.log('ticks', startPolling());
await sleep(20);
console.log('ticks', ticks);
class Saver {
  dirty = false; saving = false; saves = 0;
  mark() { this.dirty = true; this.flush(); }
  async flush() {
    if (this.saving) return;
    this.saving = true;
    while (this.dirty) { this.dirty = false; this.saves++; console.log('save', this.saves); await sleep(5); }
    this.saving = false;
  }
}
const saver = new Saver();
saver.mark(); saver.mark(); saver.mark();
console.log('marked', saver.saves);
await sleep(30);
console.log('saves', saver.saves);
setTimeout(() => saver.mark(), 1);
const t = setInterval(() => { poll(); }, 3);
await sleep(10); clearInterval(t);
console.log('end', saver.saves);
