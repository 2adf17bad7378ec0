import { execSync, spawnSync as spawn } from "node:child_process";
import child from "child_process";
async function found() {
  execSync("ls"); //~ blocking-subprocess
  spawn("ls"); //~ blocking-subprocess
  child.execFileSync("ls"); //~ blocking-subprocess
}
function plain() {
  execSync("ls"); // ok
}
async function fine(execSync) {
  execSync("ls"); // ok
  child.exec("ls"); // ok
}
