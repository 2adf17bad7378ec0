const { Readable, Transform, Writable } = require('stream');
const { pipeline } = require('stream/promises');

class LineSplitter extends Transform {
  constructor() {
    super({ readableObjectMode: true });
    this.rest = '';
  }
  _transform(chunk, _enc, callback) {
    const lines = (this.rest + chunk.toString()).split('\n');
    this.rest = lines.pop();
    for (const line of lines) this.push(line);
    callback();
  }
  _flush(callback) {
    if (this.rest) this.push(this.rest);
    callback();
  }
}

const parse = new Transform({
  objectMode: true,
  transform(line, _enc, cb) {
    const [level, ...words] = line.split(' ');
    if (!['INFO', 'WARN', 'ERROR'].includes(level)) return cb();
    cb(null, { level, message: words.join(' ') });
  },
});

const counts = {};
const sink = new Writable({
  objectMode: true,
  write({ level, message }, _enc, cb) {
    counts[level] = (counts[level] || 0) + 1;
    if (level === 'ERROR') console.log('!!', message);
    cb();
  },
});

async function main() {
  const chunks = ['INFO start\nWARN disk ', 'almost full\nERROR db', ' down\nDEBUG x\nINFO', ' stop'];
  await pipeline(Readable.from(chunks), new LineSplitter(), parse, sink);
  console.log(counts);
}
main().catch(console.error);
