const csv = `name,age,city
Ann,31,Oslo
Ben,,Rome
"Cy, Jr",7,Lima`;

const splitLine = (line) =>
  [...line.matchAll(/("([^"]*)"|[^,]*)(,|$)/g)].slice(0, 3).map((m) => m[2] ?? m[1]);

const [header, ...rows] = csv.split('\n').map(splitLine);
const records = rows.map((r) => Object.fromEntries(header.map((h, i) => [h, r[i] || null])));
console.log(records);

const qs = new URLSearchParams({ q: 'a b&c', page: 2 });
qs.append('tag', 'x');
qs.append('tag', 'y');
console.log(qs.toString(), qs.getAll('tag'));

const url = new URL('/path?x=1#frag', 'https://example.com:8080');
console.log(url.host, url.pathname, url.searchParams.get('x'), url.hash);
console.log(encodeURIComponent('é/ü?'), decodeURIComponent('%E2%9C%93'));
