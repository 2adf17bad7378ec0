// Inventory: groupings, set operations, tagged templates, generators
const items = [
  { sku: 'KB-01', name: 'Keyboard', tags: ['input', 'usb'], stock: { berlin: 4, paris: 0 }, price: 49.9 },
  { sku: 'MS-02', name: 'Mouse', tags: ['input', 'usb', 'wireless'], stock: { berlin: 0, paris: 12 }, price: 19 },
  { sku: 'MN-03', name: 'Monitor', tags: ['display'], stock: { berlin: 2, paris: 1 }, price: 229.5 },
  { sku: 'CB-04', name: 'Cable', tags: ['usb', 'misc'], stock: {}, price: 4.25 },
];
const sum = (xs) => xs.reduce((a, b) => a + b, 0);
const money = (strings, ...values) =>
  strings.reduce((out, s, i) => out + s + (i < values.length ? `€${values[i].toFixed(2)}` : ''), '');

const totals = items.map(({ sku, stock, price }) => {
  const count = sum(Object.values(stock));
  return { sku, count, worth: count * price };
});
for (const { sku, count, worth } of totals) console.log(`${sku} ${String(count).padStart(3)} ${money`worth ${worth} in all`}`);

const index = new Map();
items.forEach((item) => item.tags.forEach((tag) => index.set(tag, [...(index.get(tag) ?? []), item.sku])));
console.log([...index.keys()].sort().join(' '));
const tagged = (...tags) => items.filter((it) => tags.every((t) => it.tags.includes(t))).map((it) => it.name);
console.log(tagged('usb'), tagged('usb', 'wireless'), tagged('nope'));

const berlin = new Set(items.filter((i) => i.stock.berlin > 0).map((i) => i.sku));
const paris = new Set(items.filter((i) => i.stock.paris > 0).map((i) => i.sku));
const union = new Set([...berlin, ...paris]);
const both = [...berlin].filter((s) => paris.has(s));
console.log(union.size, both, [...union].filter((s) => !both.includes(s)));

function* chunks(list, size) {
  for (let i = 0; i < list.length; i += size) yield list.slice(i, i + size);
}
for (const [first, second = { name: '(none)' }] of chunks(items.slice(0, 3), 2)) console.log(first.name, '+', second.name);
const [cheapest, ...others] = [...items].sort((a, b) => a.price - b.price);
console.log(cheapest.name, others.map((o) => o.name[0]).join(''));
const flat = items.flatMap(({ sku, stock }) => Object.entries(stock).map(([city, n]) => [sku, city, n]));
console.log(flat.length, flat.filter(([, , n]) => n === 0).map(([s, c]) => `${s}@${c}`));
const slug = (s) => s.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
console.log(slug('  Hello, World! Ünd mehr '), 'camelCaseName'.replace(/([A-Z])/g, (_, c) => `_${c.toLowerCase()}`));
const copy = structuredClone(items[0]);
copy.stock.berlin = 99;
console.log(items[0].stock.berlin, copy.stock.berlin, { ...items[3], price: 5 }.price);
const fib = (function* () { let [a, b] = [0, 1]; while (true) { yield a; [a, b] = [b, a + b]; } })();
const firstTen = [];
for (const n of fib) { if (firstTen.push(n) >= 10) break; }
console.log(firstTen.join(','), 2 ** 10, 7 % 3, -7 % 3, (0.1 + 0.2).toFixed(2), parseInt('42px', 10));
