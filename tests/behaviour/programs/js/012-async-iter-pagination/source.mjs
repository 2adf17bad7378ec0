import { setTimeout as sleep } from 'node:timers/promises';

const ISSUES = Array.from({ length: 23 }, (_, i) => ({
  number: i + 1,
  title: `Issue ${i + 1}`,
  labels: [i % 2 ? 'bug' : 'feature', ...(i % 5 === 0 ? ['urgent'] : [])],
  open: i % 3 !== 0,
}));

let requests = 0;
async function fetchPage(cursor = 0, perPage = 5) {
  requests++;
  await sleep(3);
  const items = ISSUES.slice(cursor, cursor + perPage);
  const next = cursor + perPage < ISSUES.length ? cursor + perPage : null;
  return { items, next };
}

async function* allIssues() {
  let cursor = 0;
  try {
    while (cursor !== null) {
      const page = await fetchPage(cursor);
      yield* page.items;
      cursor = page.next;
    }
  } finally {
    console.log(`  (closed after ${requests} requests)`);
    requests = 0;
  }
}

// Little toolbox of lazy operators
const filter = (pred) => async function* (src) {
  for await (const x of src) if (pred(x)) yield x;
};
const map = (fn) => async function* (src) {
  for await (const x of src) yield fn(x);
};
const take = (n) => async function* (src) {
  if (n <= 0) return;
  let left = n;
  for await (const x of src) {
    yield x;
    if (--left === 0) return;
  }
};
const chunk = (size) => async function* (src) {
  let buf = [];
  for await (const x of src) {
    buf.push(x);
    if (buf.length === size) {
      yield buf;
      buf = [];
    }
  }
  if (buf.length) yield buf;
};
const pipe = (src, ...ops) => ops.reduce((acc, op) => op(acc), src);
const collect = async (src) => {
  const out = [];
  for await (const x of src) out.push(x);
  return out;
};

console.log('first three urgent ones:');
const urgent = pipe(
  allIssues(),
  filter((i) => i.labels.includes('urgent')),
  map((i) => `#${i.number} ${i.title}`),
  take(3),
);
for await (const line of urgent) console.log('  ' + line);

console.log('open bugs in rows of four:');
for await (const row of pipe(allIssues(), filter((i) => i.open && i.labels[0] === 'bug'), map((i) => i.number), chunk(4))) {
  console.log('  ', row);
}

const manual = allIssues();
console.log((await manual.next()).value.title);
console.log(await manual.return('stopped'));
console.log(await manual.next());

console.log((await collect(take(2)([10, 20, 30]))).join());
