const { setTimeout: delay } = require('timers/promises');

/** Type-ahead search: a newer query cancels the one still running. */
class TypeAhead {
  constructor(backend) {
    this.backend = backend;
    this.controller = null;
    this.cancelled = [];
  }

  async search(term) {
    this.controller?.abort(`superseded by "${term}"`);
    const controller = (this.controller = new AbortController());
    try {
      return await this.backend(term, controller.signal);
    } catch (err) {
      if (controller.signal.aborted) {
        this.cancelled.push(`${term}: ${controller.signal.reason}`);
        return null;
      }
      throw err;
    }
  }
}

const catalogue = ['apple', 'apricot', 'avocado', 'banana', 'blackberry', 'blueberry'];

let latency = 10; // how slow the backend is at the moment

async function fakeBackend(term, signal) {
  await delay(latency, undefined, { signal });
  if (term === 'boom') throw new TypeError('backend exploded');
  return catalogue.filter((f) => f.startsWith(term));
}

async function typeSlowly(box, text, pause) {
  let last;
  for (let i = 1; i <= text.length; i++) {
    last = box.search(text.slice(0, i));
    await delay(pause);
  }
  return last;
}

async function main() {
  const box = new TypeAhead(fakeBackend);

  console.log('one search:', await box.search('ban'));

  latency = 60;
  console.log('typed fast:', await typeSlowly(box, 'blu', 5));
  for (const line of box.cancelled) console.log('  cancelled', line);

  latency = 10;
  box.cancelled.length = 0;
  console.log('typed slowly:', await typeSlowly(box, 'ap', 60));
  console.log('  cancelled count', box.cancelled.length);

  try {
    await box.search('boom');
  } catch (err) {
    console.log(`${err.name}: ${err.message}`);
  }

  latency = 40;
  // AbortSignal.timeout and a pre-aborted signal
  const results = await Promise.allSettled([
    fakeBackend('a', AbortSignal.abort()),
    fakeBackend('b', AbortSignal.timeout(5)),
    fakeBackend('c', AbortSignal.timeout(500)),
  ]);
  results.forEach((r, i) => {
    if (r.status === 'rejected') console.log(i, r.reason.name, r.reason.code, r.reason.cause?.name);
    else console.log(i, 'found', r.value.length);
  });
}

main();
