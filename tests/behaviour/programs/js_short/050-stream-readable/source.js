const { Readable, Transform } = require('stream');
const { pipeline } = require('stream/promises');

const upper = new Transform({
  objectMode: true,
  transform(chunk, _enc, cb) {
    cb(null, String(chunk).toUpperCase());
  },
});

async function run() {
  const out = [];
  await pipeline(Readable.from(['alpha', 'beta', 'gamma']), upper, async function (source) {
    for await (const word of source) out.push(word);
  });
  console.log(out);

  let total = 0;
  for await (const n of Readable.from([1, 2, 3])) total += n;
  console.log('total', total);
}

run().catch((e) => console.log('failed', e));
