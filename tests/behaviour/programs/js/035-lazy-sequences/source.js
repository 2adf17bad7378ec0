// Generators: lazy sequences, two-way generators and recursive delegation.

class Seq {
  constructor(iterable) {
    this.source = iterable;
  }
  static from(fn) {
    return new Seq({ [Symbol.iterator]: fn });
  }
  static range(start, end = Infinity, step = 1) {
    return Seq.from(function* () {
      for (let i = start; i < end; i += step) yield i;
    });
  }
  [Symbol.iterator]() { return this.source[Symbol.iterator](); }
  map(fn) {
    const src = this;
    return Seq.from(function* () {
      for (const x of src) yield fn(x);
    });
  }
  filter(fn) {
    const src = this;
    return Seq.from(function* () {
      for (const x of src) if (fn(x)) yield x;
    });
  }
  takeWhile(fn) {
    const src = this;
    return Seq.from(function* () {
      for (const x of src) {
        if (!fn(x)) return;
        yield x;
      }
    });
  }
  take(n) {
    const src = this;
    return Seq.from(function* () {
      let left = n;
      if (left <= 0) return;
      for (const x of src) {
        yield x;
        if (--left === 0) return;
      }
    });
  }
  zip(other) {
    const src = this;
    return Seq.from(function* () {
      const it = other[Symbol.iterator]();
      try {
        for (const a of src) {
          const { value, done } = it.next();
          if (done) return;
          yield [a, value];
        }
      } finally {
        it.return?.();
      }
    });
  }
  toArray() { return [...this]; }
}

const primes = Seq.range(2).filter((n) => Seq.range(2).takeWhile((d) => d * d <= n).filter((d) => n % d === 0).toArray().length === 0);
console.log(primes.take(10).toArray());
console.log(primes.takeWhile((p) => p < 30).map((p) => p * p).toArray().join(' '));

function* fib() {
  let [a, b] = [0n, 1n];
  try {
    for (;;) {
      yield a;
      [a, b] = [b, a + b];
    }
  } finally {
    console.log('(fib closed)');
  }
}
console.log(new Map(Seq.range(88, 92).zip({ [Symbol.iterator]: fib })));
for (const f of fib()) {
  if (f > 50n) {
    console.log(`first above fifty: ${f}`);
    break;
  }
}

function* averager() {
  let total = 0;
  let n = 0;
  let avg;
  while (true) {
    try {
      const x = yield avg;
      total += x;
      avg = total / ++n;
    } catch (cmd) {
      if (cmd === 'reset') [total, n, avg] = [0, 0, undefined];
      else return `stopped after ${n}`;
    }
  }
}
const avg = averager();
avg.next();
console.log(avg.next(10).value, avg.next(20).value, avg.throw('reset').value, avg.next(7).value, avg.throw('stop'));

const tree = { v: 4, l: { v: 2, l: { v: 1 }, r: { v: 3 } }, r: { v: 6, r: { v: 7 } } };
function* inorder(node) {
  if (!node) return 0;
  const left = yield* inorder(node.l);
  yield node.v;
  return 1 + Math.max(left, yield* inorder(node.r));
}
const walk = inorder(tree);
let step;
const seen = [];
while (!(step = walk.next()).done) seen.push(step.value);
console.log(seen.join('<'), 'depth', step.value);
