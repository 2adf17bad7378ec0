const steps = [
  (x) => x + 1,
  async (x) => x * 10,
  (x) => new Promise((r) => setTimeout(() => r(x - 3), 5)),
  (x) => `result: ${x}`,
];

const pipeline = (fns) => (input) =>
  fns.reduce((acc, fn) => acc.then(fn), Promise.resolve(input));

const run = pipeline(steps);

run(4).then((out) => {
  console.log(out);
  return run(0);
}).then(console.log);

console.log('pipeline started with', steps.length, 'steps');
