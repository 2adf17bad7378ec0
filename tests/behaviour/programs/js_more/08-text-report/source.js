const sales = [
  { region: 'North', product: 'Widget', units: 120, price: 2.5 },
  { region: 'South', product: 'Widget', units: 80, price: 2.5 },
  { region: 'North', product: 'Gadget', units: 30, price: 10 },
  { region: 'East', product: 'Gizmo', units: 7, price: 99.95 },
  { region: 'South', product: 'Gadget', units: 55, price: 9.5 },
];

const groupBy = (arr, fn) =>
  arr.reduce((acc, item) => {
    const key = fn(item);
    if (!acc[key]) acc[key] = [];
    acc[key].push(item);
    return acc;
  }, {});

const sum = (xs) => xs.reduce((a, b) => a + b, 0);
const money = (n) => `$${n.toFixed(2).replace(/\B(?=(\d{3})+(?!\d))/g, ',')}`;

function table(rows, columns) {
  const widths = columns.map((c) => Math.max(c.title.length, ...rows.map((r) => String(c.value(r)).length)));
  const line = (cells) => cells.map((cell, i) => (columns[i].align === 'right' ? cell.padStart(widths[i]) : cell.padEnd(widths[i]))).join(' | ');
  const out = [line(columns.map((c) => c.title))];
  out.push(widths.map((w) => '-'.repeat(w)).join('-+-'));
  for (const row of rows) out.push(line(columns.map((c) => String(c.value(row)))));
  return out.join('\n');
}

const byRegion = groupBy(sales, (s) => s.region);
const summary = Object.entries(byRegion)
  .map(([region, rows]) => ({
    region,
    units: sum(rows.map((r) => r.units)),
    revenue: sum(rows.map((r) => r.units * r.price)),
    products: [...new Set(rows.map((r) => r.product))],
  }))
  .sort((a, b) => b.revenue - a.revenue);

console.log(
  table(summary, [
    { title: 'Region', value: (r) => r.region },
    { title: 'Units', value: (r) => r.units, align: 'right' },
    { title: 'Revenue', value: (r) => money(r.revenue), align: 'right' },
    { title: 'Products', value: (r) => r.products.join('/') },
  ]),
);
const grand = sum(summary.map((s) => s.revenue));
console.log(`Total: ${money(grand)}`);
console.log(`Top: ${summary[0].region} (${Math.round((summary[0].revenue / grand) * 100)}%)`);
const [best, ...others] = summary;
console.log(best.region, others.length, others.at(-1).region);
console.log(money(1234567.891));
