const inventory = { apples: 3, pears: 0, plums: 12 };

console.log(Object.keys(inventory), Object.values(inventory));
for (const [k, v] of Object.entries(inventory)) console.log(k.padEnd(8, '.') + v);

const doubled = Object.fromEntries(Object.entries(inventory).map(([k, v]) => [k, v * 2]));
console.log(doubled);

const frozen = Object.freeze({ x: 1, inner: { y: 2 } });
frozen.x = 100;
frozen.inner.y = 200;
console.log(frozen, Object.isFrozen(frozen), Object.isFrozen(frozen.inner));

const o = {};
Object.defineProperty(o, 'hidden', { value: 'secret', enumerable: false });
console.log(o, o.hidden, Object.getOwnPropertyNames(o));
console.log({ 2: 'b', 1: 'a', z: 1, y: 2 }, Object.hasOwn(inventory, 'pears'));
const invert = (obj) => Object.entries(obj).reduce((a, [k, v]) => ({ ...a, [v]: k }), {});
console.log(invert({ a: 'x', b: 'y' }));
