const pages = {
  first: { items: ['apple', 'banana'], next: 'second' },
  second: { items: ['cherry'], next: 'third' },
  third: { items: ['date', 'elderberry'], next: null },
};

const fetchPage = async (key) => {
  await new Promise((r) => setTimeout(r, 5));
  return pages[key];
};

async function* allItems(start) {
  let cursor = start;
  while (cursor) {
    const { items, next } = await fetchPage(cursor);
    yield* items;
    cursor = next;
  }
}

let index = 0;
for await (const item of allItems('first')) {
  console.log(++index, item);
}
console.log('total', index);
