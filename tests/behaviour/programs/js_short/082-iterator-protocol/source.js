class Range {
  constructor(from, to, step = 1) {
    Object.assign(this, { from, to, step });
  }
  *[Symbol.iterator]() {
    for (let v = this.from; v <= this.to; v += this.step) yield v;
  }
  get [Symbol.toStringTag]() {
    return 'Range';
  }
}

const r = new Range(1, 10, 3);
console.log([...r], Math.max(...r), Array.from(r, (x) => x * x));
const [a, ...others] = r;
console.log(a, others, String(r));

const it = [7, 8][Symbol.iterator]();
console.log(it.next(), it.next(), it.next());
console.log(new Set(r).has(4), Object.fromEntries(new Map([...r].entries())));
