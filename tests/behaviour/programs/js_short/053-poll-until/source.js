async function waitFor(condition, { interval = 5, maxTries = 10 } = {}) {
  for (let tries = 1; tries <= maxTries; tries++) {
    if (await condition()) return tries;
    await new Promise((r) => setTimeout(r, interval));
  }
  throw new Error('Condition not met');
}

let value = 0;
const grow = () => ++value >= 4;

waitFor(grow)
  .then((tries) => console.log('met after', tries, 'tries'))
  .then(() => waitFor(() => false, { interval: 1, maxTries: 3 }))
  .catch((err) => console.log(err.message))
  .finally(() => console.log('value is', value));
