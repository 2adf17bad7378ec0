'use strict';

// Tiny cron: parses five-field expressions, runs jobs against a virtual clock.

const FIELDS = [
  ['minute', 0, 59],
  ['hour', 0, 23],
  ['day', 1, 31],
  ['month', 1, 12],
  ['weekday', 0, 6],
];

function parseField(text, [name, min, max]) {
  const values = new Set();
  for (const part of text.split(',')) {
    const m = /^(?:\*|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/.exec(part);
    if (!m) throw new SyntaxError(`bad ${name} "${part}"`);
    const step = m[3] ? +m[3] : 1;
    const lo = m[1] === undefined ? min : +m[1];
    const hi = m[1] === undefined ? max : m[2] !== undefined ? +m[2] : m[3] ? max : lo;
    if (lo < min || hi > max || lo > hi) throw new RangeError(`${name} ${part} outside ${min}-${max}`);
    for (let v = lo; v <= hi; v += step) values.add(v);
  }
  return values;
}

function parseCron(expr) {
  const parts = expr.trim().split(/\s+/);
  if (parts.length !== FIELDS.length) throw new SyntaxError(`expected 5 fields, got ${parts.length}`);
  return parts.map((p, i) => parseField(p, FIELDS[i]));
}

const due = ([mi, h, d, mo, wd], t) =>
  mi.has(t.getUTCMinutes()) && h.has(t.getUTCHours()) && d.has(t.getUTCDate()) &&
  mo.has(t.getUTCMonth() + 1) && wd.has(t.getUTCDay());

class Scheduler {
  jobs = [];
  running = new Set();
  skipped = 0;

  constructor(start) {
    this.now = new Date(start);
  }

  at(expr, name, fn) {
    this.jobs.push({ spec: parseCron(expr), name, fn });
    return this;
  }

  async advance(minutes) {
    for (let i = 0; i < minutes; i++) {
      this.now = new Date(this.now.getTime() + 60_000);
      for (const job of this.jobs.filter((j) => due(j.spec, this.now))) {
        if (this.running.has(job.name)) {
          this.skipped++;
          continue;
        }
        this.running.add(job.name);
        const stamp = this.now.toISOString().slice(11, 16);
        Promise.resolve()
          .then(() => job.fn(stamp))
          .catch((e) => console.log(`${stamp} ${job.name} crashed: ${e.message}`))
          .finally(() => this.running.delete(job.name));
      }
      await new Promise(setImmediate);
    }
  }
}

const s = new Scheduler('2024-02-29T08:55:00Z'); // a Thursday
let release;
s.at('*/15 * * * *', 'heartbeat', (t) => console.log(t, 'heartbeat'))
  .at('0 9-17/4 * * 1-5', 'report', async (t) => {
    await null;
    console.log(t, 'weekday report');
  })
  .at('5,7,9 9 * * *', 'slow sync', (t) => {
    console.log(t, 'slow sync begins');
    return new Promise((r) => (release = r));
  })
  .at('20 9 29 2 *', 'leap day', () => {
    throw new Error('cake not found');
  })
  .at('0 10 * * 0', 'sunday', () => console.log('never today'));

(async () => {
  await s.advance(40);
  console.log('still running:', [...s.running], 'skipped:', s.skipped);
  release();
  await s.advance(30);
  console.log('clock', s.now.toISOString(), 'running:', s.running.size);

  for (const bad of ['* * * *', '61 * * * *', 'x * * * *', '5-1 * * * *']) {
    try {
      parseCron(bad);
    } catch (e) {
      console.log(`${bad.padEnd(12)} ${e.name}: ${e.message}`);
    }
  }
})();
