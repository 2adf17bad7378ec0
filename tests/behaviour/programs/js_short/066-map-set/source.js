const m = new Map([['a', 1], ['b', 2]]);
m.set(NaN, 'not a number').set('a', 100);

console.log(m);
console.log(m.size, m.get(NaN), m.has('z'), m.get('z'));
for (const [k, v] of m) console.log(k, '=>', v);
console.log(Object.fromEntries([...m].filter(([k]) => typeof k === 'string')));
console.log(m.delete('b'), m.delete('b'), [...m.keys()]);

const s = new Set([1, 2, 2, 3, 1]);
console.log(s, [...s].map((x) => x * 2));
const t = new Set([2, 3, 4]);
console.log('union', new Set([...s, ...t]));
console.log('intersection', [...s].filter((x) => t.has(x)));
console.log('difference', [...s].filter((x) => !t.has(x)));
