import fs, { readFileSync } from "node:fs";
import * as files from "fs";
const required = require("fs");
async function found(path) {
  readFileSync(path); //~ blocking-open
  fs.writeFileSync(path, "x"); //~ blocking-open
  files.appendFileSync(path, "x"); //~ blocking-open
  required.openSync(path); //~ blocking-open
}
class A {
  async go(path) { return fs.readFileSync(path, "utf8"); } //~ blocking-open
  plain(path) { return fs.readFileSync(path, "utf8"); } // ok
}
function plain(path) {
  readFileSync(path); // ok
}
async function fine(readFileSync, path) {
  readFileSync(path); // ok
  await fs.promises.readFile(path); // ok
  fs.readFile(path, () => {}); // ok
  return () => fs.readFileSync(path); // ok
}
readFileSync("x"); // ok
