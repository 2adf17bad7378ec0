const ok = (v, ms) => new Promise((res) => setTimeout(res, ms, v));
const fail = (msg, ms) =>
  new Promise((_, rej) => setTimeout(() => rej(new TypeError(msg)), ms));

async function run() {
  try {
    const results = await Promise.all([ok('a', 5), fail('boom', 15), ok('c', 40)]);
    console.log('unexpected', results);
  } catch (e) {
    console.log(e.name, '-', e.message);
    console.log(e instanceof TypeError, e instanceof Error, e instanceof RangeError);
  } finally {
    console.log('cleanup');
  }
}

run().then(() => console.log('run finished'));
