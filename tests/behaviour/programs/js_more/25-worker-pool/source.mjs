// Work-stealing pool and progress reporting
const sleep = (ms) => new Promise((r) => setTimeout(r, ms));
class Progress {
  #total; #done = 0; #subs = [];
  constructor(total) { this.#total = total; }
  onUpdate(fn) { this.#subs.push(fn); return () => { this.#subs = this.#subs.filter((f) => f !== fn); }; }
  tick(n = 1) {
    this.#done = Math.min(this.#total, this.#done + n);
    const pct = Math.round((this.#done / this.#total) * 100);
    this.#subs.forEach((fn) => fn({ done: this.#done, total: this.#total, pct }));
  }
  get finished() { return this.#done === this.#total; }
}
async function pool(tasks, size, progress) {
  const queue = tasks.map((fn, index) => ({ fn, index }));
  const results = Array(tasks.length).fill(null);
  const errors = [];
  async function worker(id) {
    let handled = 0;
    for (let job = queue.shift(); job; job = queue.shift()) {
      try {
        results[job.index] = await job.fn(id);
      } catch ({ message }) {
        errors.push(`#${job.index}: ${message}`);
      } finally {
        handled++;
        progress?.tick();
      }
    }
    return handled;
  }
  const loads = await Promise.all([...Array(size).keys()].map(worker));
  return { results, errors, loads };
}
const progress = new Progress(5);
const seen = [];
const stop = progress.onUpdate(({ done, total, pct }) => seen.push(`${done}/${total} ${pct}%`));
const tasks = [8, 4, 2, 6, 1].map((ms, i) => async (worker) => {
  await sleep(ms * 3);
  if (i === 2) throw new Error(`task ${i} failed on purpose`);
  return `${i}:${ms ** 2}`;
});
const { results, errors, loads } = await pool(tasks, 2, progress);
console.log(results, errors);
console.log(loads.reduce((a, b) => a + b, 0), loads.length, progress.finished);
stop();
progress.tick();
console.log(seen.join(', '));
const grouped = results.reduce((acc, r) => {
  const key = r === null ? 'failed' : 'ok';
  return { ...acc, [key]: [...(acc[key] || []), r] };
}, {});
console.log(Object.keys(grouped).map((k) => `${k}=${grouped[k].length}`).join(' '));
const timers = new Map();
function schedule(name, ms, fn) {
  clearTimeout(timers.get(name));
  timers.set(name, setTimeout(() => { timers.delete(name); fn(name); }, ms));
}
const fired = [];
schedule('a', 10, (n) => fired.push(`${n}1`));
schedule('b', 5, (n) => fired.push(`${n}1`));
schedule('a', 3, (n) => fired.push(`${n}2`));
await sleep(25);
console.log(fired, timers.size);
