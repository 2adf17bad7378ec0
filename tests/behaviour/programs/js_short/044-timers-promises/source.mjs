import { setTimeout as delay, setInterval as every } from 'node:timers/promises';

console.log(await delay(5, 'resolved value'));

let n = 0;
for await (const label of every(5, 'beat')) {
  console.log(label, ++n);
  if (n === 3) break;
}

const ac = new AbortController();
const pending = delay(50, null, { signal: ac.signal });
ac.abort();
try {
  await pending;
} catch (err) {
  console.log(err.name, err.code);
}
