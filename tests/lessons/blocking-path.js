import fs, { existsSync } from "fs";
async function found(path) {
  if (existsSync(path)) return; //~ blocking-path
  fs.mkdirSync(path); //~ blocking-path
  fs.readdirSync(path).length; //~ blocking-path
}
function plain(path) { return existsSync(path); } // ok
