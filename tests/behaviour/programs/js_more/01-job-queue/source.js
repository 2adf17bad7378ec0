'use strict';
const { EventEmitter } = require('node:events');
const { setTimeout: sleep } = require('node:timers/promises');

class JobQueue extends EventEmitter {
  #jobs = [];
  #active = 0;
  #paused = false;

  constructor({ concurrency = 2, maxRetries = 1 } = {}) {
    super();
    this.concurrency = concurrency;
    this.maxRetries = maxRetries;
    this.done = 0;
    this.failed = [];
  }

  enqueue(name, fn, priority = 0) {
    const job = { name, fn, priority, attempts: 0 };
    const at = this.#jobs.findIndex((j) => j.priority < priority);
    if (at === -1) this.#jobs.push(job);
    else this.#jobs.splice(at, 0, job);
    return this;
  }

  pause() {
    this.#paused = true;
  }

  resume() {
    this.#paused = false;
    this.#pump();
  }

  get pending() {
    return this.#jobs.length;
  }

  #pump() {
    while (!this.#paused && this.#active < this.concurrency && this.#jobs.length > 0) {
      const job = this.#jobs.shift();
      this.#active++;
      this.#run(job).finally(() => {
        this.#active--;
        if (this.#jobs.length === 0 && this.#active === 0) this.emit('drain');
        else this.#pump();
      });
    }
  }

  async #run(job) {
    job.attempts++;
    this.emit('start', job.name);
    try {
      const result = await job.fn();
      this.done++;
      this.emit('done', job.name, result);
    } catch (err) {
      if (job.attempts <= this.maxRetries) {
        this.emit('retry', job.name, err);
        this.#jobs.push(job);
      } else {
        this.failed.push(job.name);
        this.emit('failed', job.name, err);
      }
    }
  }
}

async function main() {
  const q = new JobQueue({ concurrency: 1 });
  q.on('start', (n) => console.log('start', n));
  q.on('done', (n, r) => console.log('done', n, '->', r));
  q.on('retry', (n, e) => console.log('retry', n, e.message));
  q.on('failed', (n, e) => console.log('failed', n, e.message));
  q.pause();
  let tries = 0;
  q.enqueue('email', async () => { await sleep(5); return 'sent'; })
    .enqueue('flaky', async () => { if (++tries < 2) throw new Error('timeout'); return tries; }, 5)
    .enqueue('broken', () => Promise.reject(new Error('bad input')), 1);
  console.log('pending', q.pending);
  const drained = new Promise((resolve) => q.once('drain', resolve));
  q.resume();
  await drained;
  console.log({ done: q.done, failed: q.failed });
}

main();
