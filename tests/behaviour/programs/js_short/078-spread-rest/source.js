const base = { a: 1, b: { c: 2 } };
const copy = { ...base, a: 10, d: 4 };
copy.b.c = 99;
console.log(base, copy);

const deep = structuredClone(base);
deep.b.c = 0;
console.log(base.b.c, deep.b.c);

const nums = [4, 8, 15];
console.log(Math.max(...nums, 16), [...nums, ...'ab', ...new Set([1, 1])]);

function log(level, ...messages) {
  console.log(`[${level}]`, messages.length, ...messages);
}
log('info', 'x', { y: 1 }, [2]);
log('warn');

const cond = true;
console.log({ ...(cond && { yes: 1 }), ...(!cond && { no: 1 }), ...null });
console.log(Object.assign({}, base, { z: 1 }), [...Array(3).keys()]);
