const { EventEmitter, once } = require('events');

class Worker extends EventEmitter {
  constructor(id) {
    super();
    this.id = id;
    this.busy = false;
    this.processed = 0;
  }
  async run(job) {
    this.busy = true;
    this.emit('start', job);
    await new Promise((r) => setTimeout(r, job.ms));
    this.busy = false;
    this.processed++;
    if (job.fail) this.emit('fail', job, new Error(`job ${job.id} exploded`));
    else this.emit('done', job, job.ms * 2);
  }
}

class Pool extends EventEmitter {
  constructor(size) {
    super();
    this.workers = Array.from({ length: size }, (_, i) => this.#spawn(i + 1));
    this.queue = [];
    this.results = new Map();
    this.remaining = 0;
  }
  #spawn(id) {
    const w = new Worker(id);
    w.on('done', (job, value) => this.#finish(job, { ok: true, value }));
    w.on('fail', (job, err) => this.#finish(job, { ok: false, error: err.message }));
    return w;
  }
  #finish(job, outcome) {
    this.results.set(job.id, outcome);
    this.remaining -= 1;
    if (this.remaining === 0) this.emit('idle');
    else this.#next();
  }
  submit(...jobs) {
    this.queue.push(...jobs);
    this.remaining += jobs.length;
    this.#next();
  }
  #next() {
    for (const w of this.workers) {
      if (w.busy) continue;
      const job = this.queue.shift();
      if (!job) return;
      w.run(job);
    }
  }
}

async function main() {
  const pool = new Pool(2);
  setTimeout(() => pool.submit({ id: 'a', ms: 20 }, { id: 'b', ms: 5 }, { id: 'c', ms: 5, fail: true }, { id: 'd', ms: 1 }), 1);
  await once(pool, 'idle');
  for (const id of ['a', 'b', 'c', 'd']) {
    const r = pool.results.get(id);
    console.log(id, r.ok ? `ok ${r.value}` : `failed (${r.error})`);
  }
  console.log([...pool.results.keys()].at(-1));
  console.log(pool.workers.map((w) => w.processed).reduce((a, b) => a + b, 0), pool.queue.length);
}
main();
