const compose = (...fns) => (x) => fns.reduceRight((acc, f) => f(acc), x);
const curry = (fn, ...args) => (args.length >= fn.length ? fn(...args) : (...more) => curry(fn, ...args, ...more));
const partition = (xs, pred) => xs.reduce(([yes, no], x) => (pred(x) ? [[...yes, x], no] : [yes, [...no, x]]), [[], []]);
const zip = (a, b) => a.map((x, i) => [x, b[i]]);
const range = (start, end, step = 1) => Array.from({ length: Math.ceil((end - start) / step) }, (_, i) => start + i * step);
const chunk = (xs, n) => (xs.length ? [xs.slice(0, n), ...chunk(xs.slice(n), n)] : []);
const uniqBy = (xs, key) => [...new Map(xs.map((x) => [key(x), x])).values()];
const memo = (fn) => {
  const cache = {};
  return (n) => (n in cache ? cache[n] : (cache[n] = fn(n)));
};
const debounceCount = () => {
  let n = 0;
  return { inc: () => ++n, reset() { n = 0; }, get value() { return n; } };
};

const add = curry((a, b, c) => a + b + c);
console.log(add(1)(2)(3), add(1, 2)(3), add(1, 2, 3));
console.log(compose((x) => x * 2, (x) => x + 1)(5));
console.log(partition(range(0, 7), (x) => x % 2 === 0));
console.log(zip(['a', 'b'], [1, 2]), Object.fromEntries(zip(['a', 'b'], [1, 2])));
console.log(chunk(range(1, 8), 3));
console.log(uniqBy([{ id: 1, v: 'x' }, { id: 2, v: 'y' }, { id: 1, v: 'z' }], (o) => o.id));
const fib = memo((n) => (n < 2 ? n : fib(n - 1) + fib(n - 2)));
console.log(fib(50));
const c = debounceCount();
c.inc();
c.inc();
console.log(c.value);
c.reset();
console.log(c.value);
function* take(n, it) {
  let i = 0;
  for (const x of it) {
    if (i++ >= n) return;
    yield x;
  }
}
function* naturals() {
  for (let n = 1; ; n++) yield n;
}
function* mapG(it, f) {
  for (const x of it) yield f(x);
}
console.log([...take(5, mapG(naturals(), (x) => x ** 2))]);
const sumOfSquares = [1, 2, 3].map((x) => x ** 2).reduce((a, b) => a + b);
const avg = (...xs) => xs.reduce((a, b) => a + b, 0) / xs.length;
console.log(sumOfSquares, avg(1, 2, 3, 4), avg(...range(0, 5)));
const people = [['Ann', 30], ['Bob', 25], ['Cy', 30]];
console.log(people.toSorted(([an, a], [bn, b]) => b - a || bn.localeCompare(an)).map(([n]) => n));
const tree = { v: 1, kids: [{ v: 2, kids: [{ v: 4, kids: [] }] }, { v: 3, kids: [] }] };
const sumTree = ({ v, kids }) => v + kids.map(sumTree).reduce((a, b) => a + b, 0);
const depth = (t) => 1 + Math.max(0, ...t.kids.map(depth));
console.log(sumTree(tree), depth(tree));
