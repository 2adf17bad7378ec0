// Work that is started together now and waited for later; an order that a lambda has no room for.
async function weigh(crate) {
  return crate.length;
}
async function main() {
  const weights = Promise.all([weigh("figs"), weigh("dates")]);
  console.log("weighing");
  console.log(await weights);
  const crates = [{ label: "b", kilos: null }, { label: "a", kilos: 2 }];
  crates.sort((x, y) => (x.kilos ?? 0) - (y.kilos ?? 0) || (x.label < y.label ? -1 : 1));
  console.log(crates.map((crate) => crate.label).join(" "));
}
main();
