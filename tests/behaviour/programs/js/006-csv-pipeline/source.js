const { Readable, Transform, Writable } = require('node:stream');
const { pipeline } = require('node:stream/promises');

const RAW = [
  'date,region,product,units,price\n2024-01-03,north,bolt,1',
  '20,0.25\n2024-01-03,south,"nut, hex",80,0.1',
  '5\n2024-01-04,north,washer,abc,0.05\n',
  '2024-01-04,south,bolt,40,0.25\n2024-01-05,north,"nut, hex",200,0.15',
];

class LineSplitter extends Transform {
  constructor() {
    super({ readableObjectMode: true });
    this.rest = '';
  }
  _transform(chunk, _enc, cb) {
    const lines = (this.rest + chunk.toString()).split('\n');
    this.rest = lines.pop();
    for (const line of lines) if (line) this.push(line);
    cb();
  }
  _flush(cb) {
    if (this.rest) this.push(this.rest);
    cb();
  }
}

function parseCsvLine(line) {
  const cells = [];
  let cell = '';
  let quoted = false;
  for (const ch of line) {
    if (ch === '"') quoted = !quoted;
    else if (ch === ',' && !quoted) {
      cells.push(cell);
      cell = '';
    } else cell += ch;
  }
  return [...cells, cell];
}

function toRecords() {
  let header = null;
  return new Transform({
    objectMode: true,
    transform(line, _enc, done) {
      const cells = parseCsvLine(line);
      if (!header) {
        header = cells;
        return done();
      }
      done(null, Object.fromEntries(header.map((h, i) => [h, cells[i]])));
    },
  });
}

async function* validate(source) {
  let n = 1;
  for await (const rec of source) {
    n++;
    const units = Number(rec.units);
    if (Number.isNaN(units)) {
      console.log(`line ${n}: bad units "${rec.units}", skipped`);
      continue;
    }
    yield { ...rec, units, price: parseFloat(rec.price) };
  }
}

class Totals extends Writable {
  constructor() {
    super({ objectMode: true });
    this.byRegion = new Map();
    this.byProduct = {};
  }
  _write({ region, product, units, price }, _enc, cb) {
    const amount = units * price;
    this.byRegion.set(region, (this.byRegion.get(region) ?? 0) + amount);
    (this.byProduct[product] ??= []).push(units);
    setImmediate(cb);
  }
}

const totals = new Totals();
pipeline(Readable.from(RAW), new LineSplitter(), toRecords(), validate, totals)
  .then(() => {
    for (const [region, sum] of totals.byRegion) {
      console.log(`${region.padEnd(8)}${sum.toFixed(2).padStart(8)}`);
    }
    console.log(totals.byProduct);
  })
  .catch((err) => {
    console.error('pipeline failed', err);
    process.exitCode = 1;
  });
