const { setTimeout: sleep } = require('node:timers/promises');

// Service container: ordered start, health checks, shutdown in reverse with a deadline for each.

class Service {
  constructor(name, { startMs = 2, stopMs = 2, failStart = false, hang = false } = {}) {
    this.name = name;
    this.opts = { startMs, stopMs, failStart, hang };
    this.up = false;
  }
  async start() {
    await sleep(this.opts.startMs);
    if (this.opts.failStart) throw new Error(`${this.name} could not bind`);
    this.up = true;
  }
  async stop(signal) {
    if (this.opts.hang) {
      await new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      });
    }
    await sleep(this.opts.stopMs);
    this.up = false;
  }
}

class Container {
  constructor(services, { stopTimeout = 40 } = {}) {
    this.services = services;
    this.stopTimeout = stopTimeout;
    this.started = [];
  }

  async start() {
    for (const s of this.services) {
      try {
        await s.start();
        this.started.push(s);
        console.log(`+ ${s.name}`);
      } catch (err) {
        console.log(`x ${s.name}: ${err.message}, rolling back`);
        await this.stop();
        throw err;
      }
    }
  }

  stop() {
    // repeated calls share the same shutdown
    this.stopping ??= this.#doStop();
    return this.stopping;
  }

  async #doStop() {
    const report = { clean: [], forced: [] };
    while (this.started.length) {
      const s = this.started.pop();
      const ac = new AbortController();
      const timer = setTimeout(() => ac.abort(new Error('deadline exceeded')), this.stopTimeout);
      try {
        await s.stop(ac.signal);
        report.clean.push(s.name);
        console.log(`- ${s.name}`);
      } catch (err) {
        report.forced.push(s.name);
        console.log(`- ${s.name} (forced: ${err.message})`);
      } finally {
        clearTimeout(timer);
      }
    }
    return report;
  }

  health() {
    return Object.fromEntries(this.services.map(({ name, up }) => [name, up ? 'up' : 'down']));
  }
}

async function scenario(title, services) {
  console.log(`== ${title}`);
  const app = new Container(services);
  let signals = 0;
  const onSignal = async () => {
    signals++;
    const report = await app.stop();
    return report;
  };
  try {
    await app.start();
    console.log(app.health());
    const [first, second] = await Promise.all([onSignal(), onSignal()]);
    console.log(first === second, signals, first);
  } catch (err) {
    console.log('startup failed:', err.message);
  }
  console.log(app.health());
}

process.on('exit', (code) => console.log('exit code', code));

(async () => {
  await scenario('normal', [new Service('db'), new Service('cache'), new Service('http', { stopMs: 20 })]);
  await scenario('hanging worker', [new Service('db'), new Service('worker', { hang: true })]);
  await scenario('port in use', [new Service('db'), new Service('http', { failStart: true }), new Service('mailer')]);
})();
