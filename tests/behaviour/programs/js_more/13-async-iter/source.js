async function* paginate(fetchPage, pageSize = 2) {
  let cursor = 0;
  while (cursor !== null) {
    const { items, next } = await fetchPage(cursor, pageSize);
    yield* items;
    cursor = next;
  }
}

async function* map(source, fn) {
  let i = 0;
  for await (const x of source) yield fn(x, i++);
}
async function* filter(source, pred) {
  for await (const x of source) if (await pred(x)) yield x;
}
async function* take(source, n) {
  if (n <= 0) return;
  let left = n;
  for await (const x of source) {
    yield x;
    if (--left === 0) return;
  }
}
async function* batch(source, size) {
  let buf = [];
  for await (const x of source) {
    buf.push(x);
    if (buf.length === size) {
      yield buf;
      buf = [];
    }
  }
  if (buf.length) yield buf;
}
const collect = async (source) => {
  const out = [];
  for await (const x of source) out.push(x);
  return out;
};

const db = Array.from({ length: 7 }, (_, i) => ({ id: i + 1, name: `user${i + 1}`, active: i % 3 !== 0 }));
let pages = 0;
const fetchPage = async (cursor, size) => {
  pages++;
  await new Promise((r) => setTimeout(r, 1));
  const end = cursor + size;
  return { items: db.slice(cursor, end), next: end < db.length ? end : null };
};

async function main() {
  const names = map(
    filter(paginate(fetchPage), (u) => u.active),
    (u, i) => `${i}:${u.name}`,
  );
  console.log(await collect(names));
  console.log('pages', pages);
  pages = 0;
  const two = await collect(take(paginate(fetchPage, 3), 2));
  console.log(two.map((u) => u.id), 'pages', pages);
  for await (const group of batch(paginate(fetchPage, 4), 3)) {
    console.log(group.map(({ id }) => id).join('+'));
  }
}
main();
