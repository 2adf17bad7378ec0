// Job scheduler with cron-like intervals, cancellation tokens, and drain
import { setTimeout as sleep } from 'node:timers/promises';
class CancelledError extends Error { constructor(reason) { super(`cancelled: ${reason}`); this.name = 'CancelledError'; } }
class JobRunner {
  #jobs = new Map();
  #nextId = 1;
  #results = [];
  constructor({ concurrency = 2, onEvent = () => {} } = {}) {
    this.concurrency = concurrency;
    this.onEvent = onEvent;
    this.waiting = [];
  }
  submit(name, fn, { timeout, priority = 0 } = {}) {
    const id = this.#nextId++;
    const controller = new AbortController();
    const job = { id, name, fn, timeout, priority, controller, state: 'queued' };
    job.done = new Promise((resolve) => { job.finish = resolve; });
    this.#jobs.set(id, job);
    const at = this.waiting.findIndex((j) => j.priority < priority);
    if (at === -1) this.waiting.push(job); else this.waiting.splice(at, 0, job);
    this.#schedule();
    return { id, cancel: (reason = 'user') => controller.abort(new CancelledError(reason)), done: job.done };
  }
  get running() { return [...this.#jobs.values()].filter((j) => j.state === 'running').length; }
  #schedule() {
    while (this.running < this.concurrency && this.waiting.length) this.#run(this.waiting.shift());
  }
  async #run(job) {
    job.state = 'running';
    this.onEvent('start', job.name);
    const { signal } = job.controller;
    let timer;
    try {
      signal.throwIfAborted();
      const races = [job.fn({ signal })];
      races.push(new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true })));
      if (job.timeout) races.push(new Promise((_, reject) => { timer = setTimeout(() => reject(new Error(`timeout after ${job.timeout}ms`)), job.timeout); }));
      job.result = await Promise.race(races);
      job.state = 'done';
    } catch (err) {
      job.state = err instanceof CancelledError ? 'cancelled' : 'failed';
      job.error = err;
    } finally {
      clearTimeout(timer);
      this.#results.push(job);
      this.onEvent(job.state, job.name);
      job.finish(job);
      this.#schedule();
    }
  }
  async drain() {
    await Promise.all([...this.#jobs.values()].map((j) => j.done));
    return this.#results.map(({ name, state, result, error }) => `${name}=${state}${error ? `(${error.message})` : result !== undefined ? `:${result}` : ''}`);
  }
}
const events = [];
const runner = new JobRunner({ onEvent: (type, name) => events.push(`${type} ${name}`) });
runner.submit('quick', async () => { await sleep(5); return 1; });
const slow = runner.submit('slow', async ({ signal }) => { await sleep(200, null, { signal }).catch(() => {}); return 'x'; });
runner.submit('boom', async () => { await sleep(4); throw new Error('kaput'); });
runner.submit('late', async () => { await sleep(60); return 'never'; }, { timeout: 10 });
runner.submit('vip', async () => 'first!', { priority: 9 });
const never = runner.submit('never', async () => 'nope');
never.cancel('changed my mind');
setTimeout(() => slow.cancel(), 25);
const report = await runner.drain();
console.log(report.sort().join('\n'));
console.log(events.slice(0, 3), events.length, runner.running);
console.log((await slow.done).state, (await never.done).error.name);
