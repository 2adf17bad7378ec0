const limit = async (fn) => fn();
const outs = await Promise.all(Array.from({ length: 3 }, (_, i) => limit(async () => { await null; return i * i; })));
console.log(outs);
const o2 = await Promise.all(Array.from({ length: 3 }, async (_, i) => { await null; return i + 1; }));
console.log(o2);
const o3 = Array.from({ length: 3 }, (_, i) => limit(() => i));
console.log(await Promise.all(o3));
