function makeCounter(start = 0, step = 1) {
  let value = start;
  return {
    next: () => (value += step),
    reset: () => { value = start; },
    peek: () => value,
  };
}

const c1 = makeCounter();
const c2 = makeCounter(100, -10);

console.log(c1.next(), c1.next(), c1.next());
console.log(c2.next(), c2.next());
c1.reset();
console.log(c1.peek(), c2.peek());

const adders = [1, 2, 3].map((n) => (x) => x + n);
console.log(adders.map((f) => f(10)));
