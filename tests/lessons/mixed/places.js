// only: floating-promise, misused-promise
async function* gen() { yield 1; }
gen();
async function one() { await null; }
label: for (const x of [1]) one(); //~ floating-promise
if (1) one(); else one(); //~ floating-promise
switch (1) { case 1: one(); } //~ floating-promise
try { one(); } catch {} //~ floating-promise
try { await one(); } catch {}
const t = setInterval(() => one(), 100); clearInterval(t); //~ misused-promise
setTimeout(one, 100); //~ misused-promise
setTimeout(async () => { await one(); }, 10); //~ misused-promise
setTimeout(() => { one(); }, 10); //~ floating-promise
setTimeout(() => void one(), 10);
setTimeout(() => one().catch(console.error), 10);
process.on("exit", one); //~ misused-promise
one.call(null); //~ floating-promise
one.apply(null, []); //~ floating-promise
one.bind(null)(); //~ floating-promise
