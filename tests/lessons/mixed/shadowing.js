// only: floating-promise
function shadow(fetch, delay) {
  fetch("x");
  delay();
  const Promise = { all() {} , resolve() {} };
  Promise.all([]);
  Promise.resolve();
}
async function delay() { await null; }
function other() {
  const delay = () => 1;
  delay();
  { const delay = async () => { await null; }; delay(); } //~ floating-promise
  try { delay(); } finally { delay(); }
}
let maybe = async () => { await null; };
maybe = () => 2;
maybe();
