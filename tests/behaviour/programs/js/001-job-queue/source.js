'use strict';
const { EventEmitter } = require('events');

// Small in-process job queue with limited concurrency and priorities.
class JobQueue extends EventEmitter {
  #pending = [];
  #active = 0;
  #seq = 0;

  constructor({ concurrency = 2 } = {}) {
    super();
    this.concurrency = concurrency;
  }

  get size() {
    return this.#pending.length;
  }

  push(name, fn, { priority = 0 } = {}) {
    return new Promise((resolve, reject) => {
      this.#pending.push({ name, fn, priority, seq: this.#seq++, resolve, reject });
      this.#pending.sort((a, b) => b.priority - a.priority || a.seq - b.seq);
      queueMicrotask(() => this.#drain());
    });
  }

  #drain() {
    while (this.#active < this.concurrency && this.#pending.length > 0) {
      const job = this.#pending.shift();
      this.#active++;
      this.emit('start', job.name, this.#active);
      Promise.resolve()
        .then(job.fn)
        .then(
          (value) => {
            this.emit('done', job.name, value);
            job.resolve(value);
          },
          (err) => {
            this.emit('failed', job.name, err);
            job.reject(err);
          }
        )
        .finally(() => {
          this.#active--;
          if (this.#active === 0 && this.#pending.length === 0) this.emit('idle');
          else this.#drain();
        });
    }
  }
}

const wait = (ms, value) => new Promise((r) => setTimeout(r, ms, value));

const queue = new JobQueue({ concurrency: 2 });
queue.on('start', (name, active) => console.log(`> ${name} (active: ${active})`));
queue.on('done', (name, value) => console.log(`< ${name} = ${value}`));
queue.on('failed', (name, err) => console.log(`! ${name}: ${err.message}`));
queue.once('idle', () => console.log('queue idle'));

async function main() {
  const jobs = [
    queue.push('thumbnails', () => wait(40, '12 files')),
    queue.push('newsletter', () => wait(60, 'sent')),
    queue.push('billing', () => wait(20, 99.5), { priority: 10 }),
    queue.push('broken', async () => {
      await wait(20);
      throw new Error('disk quota exceeded');
    }),
  ];
  console.log(`queued ${queue.size} jobs`);

  const results = await Promise.allSettled(jobs);
  const summary = results.map((r) => (r.status === 'fulfilled' ? r.value : `ERR(${r.reason.message})`));
  console.log(summary);
}

main().then(() => console.log('left in queue:', queue.size));
