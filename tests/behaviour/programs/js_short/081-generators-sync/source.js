function* fibonacci() {
  let [a, b] = [0, 1];
  while (true) {
    const reset = yield a;
    [a, b] = reset ? [0, 1] : [b, a + b];
  }
}

function* take(n, it) {
  let i = 0;
  for (const v of it) {
    if (i++ >= n) return;
    yield v;
  }
}

console.log([...take(10, fibonacci())]);
const g = fibonacci();
g.next(); g.next(); g.next();
console.log(g.next(), g.next(true), g.return('bye'), g.next());

function* inner() { const x = yield 'in'; return `got ${x}`; }
function* outer() { const r = yield* inner(); console.log(r); yield 'out'; }
const o = outer();
console.log(o.next().value);
console.log(o.next('data').value, o.next());
