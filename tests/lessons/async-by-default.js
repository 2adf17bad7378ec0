async function total(rows) { return rows.length; }
async function main() { console.log(await total([1])); }
main(); //~ async-by-default
// ---
async function main() { console.log("hello"); }
await main(); //~ async-by-default
// ---
const double = async (x) => x * 2;
async function main() {
  const a = await double(1);
  console.log(await double(a));
}
main().catch(console.error); //~ async-by-default
// ---
(async () => { console.log(1); })(); //~ async-by-default
// ---
import { readFile } from "node:fs/promises";
async function main() { console.log(await readFile("x")); }
main(); // ok
// ---
async function main() { await new Promise((resolve) => setTimeout(resolve, 1)); }
main(); // ok
// ---
export async function total(rows) { return rows.length; }
async function main() { console.log(await total([1])); }
main(); // ok
// ---
function main() { console.log(1); }
main(); // ok
// ---
async function main() { (await fetch("x")).text(); }
main(); // ok
