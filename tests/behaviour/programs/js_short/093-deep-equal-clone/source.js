function deepEqual(a, b) {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || !a || !b) return false;
  const ka = Object.keys(a), kb = Object.keys(b);
  return ka.length === kb.length && ka.every((k) => k in b && deepEqual(a[k], b[k]));
}

const flatten = (obj, prefix = '') =>
  Object.entries(obj).reduce((acc, [k, v]) => {
    const path = prefix ? `${prefix}.${k}` : k;
    return v && typeof v === 'object' ? { ...acc, ...flatten(v, path) } : { ...acc, [path]: v };
  }, {});

const get = (obj, path, def) => path.split('.').reduce((o, k) => o?.[k], obj) ?? def;

const o1 = { a: [1, { b: NaN }], c: null };
console.log(deepEqual(o1, { c: null, a: [1, { b: NaN }] }), deepEqual([1, 2], [1, 3]));
console.log(flatten({ x: { y: { z: 1 } }, list: ['p', 'q'], n: null }));
console.log(get(o1, 'a.1.b'), get(o1, 'a.9.b', 'default'));
