// Awaits of plain values.
function twice(x) { return `${x}${x}`; }
const three = () => 3;
class Then { then(resolve) { resolve(1); } }
async function found(list) {
  await 1; //~ useless-await
  await "text"; //~ useless-await
  await null; //~ useless-await
  await [1, 2]; //~ useless-await
  await { a: 1 }; //~ useless-await
  await (1 + 2); //~ useless-await
  await twice(2); //~ useless-await
  await three(); //~ useless-await
  const n = 5;
  await n; //~ useless-await
  await JSON.stringify(list); //~ useless-await
  await (() => {}); //~ useless-await
  return await undefined; //~ useless-await
}
async function load() { return 1; }
async function fine(value, thing, { deep }) {
  await load(); // ok
  await value; // ok
  await thing.run(); // ok
  await deep; // ok
  await Promise.resolve(1); // ok
  await new Then(); // ok
  await { then(resolve) { resolve(1); } }; // ok
  const p = load();
  await p; // ok
  await unknown(); // ok
  await (value ? load() : null); // ok
  await import("./x.js"); // ok
  let late = 1;
  late = load();
  await late; // ok
}
async function shadow(twice) {
  await twice(1); // ok
}
