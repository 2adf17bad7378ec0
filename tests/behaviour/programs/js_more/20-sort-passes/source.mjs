const log = [{ at: new Date(2024, 1, 3), name: 'b', n: 1 }, { at: new Date(2024, 1, 5), name: 'a', n: 2 }, { at: new Date(2024, 1, 5), name: 'A', n: 0 }, { at: new Date(2024, 1, 3), name: 'a', n: 7 }];
log.sort((a, b) => b.at - a.at || a.name.localeCompare(b.name));
console.log(log.map((l) => l.name + l.n).join(' '));
const byName = [...log].sort((a, b) => b.name.localeCompare(a.name) || a.n - b.n);
console.log(byName.map((l) => l.name + l.n).join(' '));
console.log(log.toSorted(({ at: x, n: i }, { at: y, n: j }) => y - x || j - i).map(({ n }) => n).join());
const m = new Map([['k', { w: 3 }], ['l', { w: 9 }], ['j', { w: 3 }]]);
console.log([...m].sort(([a, { w: x }], [b, { w: y }]) => y - x || a.localeCompare(b)).map(([k]) => k).join());
const top = [...m.entries()].sort(([, { w: x }], [, { w: y }]) => y - x).slice(0, 2).map(([k, { w }]) => `${k}=${w}`);
console.log(top.join());
for (const [k, { w }] of m) { for (const [j, { w: v }] of m) if (w === v && k !== j) console.log(k, j); }
for (const { name, n } of log) console.log(name, n);
log.forEach(({ name }, i) => { console.log(i, name); });
