// only: blocking-open, blocking-path, blocking-subprocess, blocking-http, blocking-input, blocking-sleep
import fs, { readFileSync as slurp } from "node:fs";
import * as fsn from "fs";
import { execSync, spawnSync } from "child_process";
import cp from "node:child_process";
import { writeFileSync } from "fs";
const { existsSync } = fs;
async function a() {
  fs.readFileSync("x"); //~ blocking-open
  slurp("x"); //~ blocking-open
  fsn.writeFileSync("x", "y"); //~ blocking-open
  writeFileSync("x", "y"); //~ blocking-open
  existsSync("x"); //~ blocking-path
  fs.mkdirSync("x"); //~ blocking-path
  execSync("ls"); //~ blocking-subprocess
  cp.spawnSync("ls"); //~ blocking-subprocess
  const read = fs.readFileSync;
  read("x"); //~ blocking-open
  xs.map((x) => fs.readFileSync(x)); 
  function inner() { fs.readFileSync("x"); }
  const y = () => { fs.statSync("x"); };
  Atomics.wait(a, 0, 0, 100); //~ blocking-sleep
  const x = new XMLHttpRequest(); x.open("GET", "u", false); x.send();
}
function b() { fs.readFileSync("x"); return async () => { fs.readFileSync("y"); }; } //~ blocking-open
const crypto = require("crypto"); const zlib = require("zlib");
async function c() { crypto.pbkdf2Sync("a", "b", 1, 1, "sha1"); zlib.gzipSync("x"); fs.fsyncSync(1); } //~ blocking-path
async function* g() { yield fs.readFileSync("x"); } //~ blocking-open
class K { async m() { return fs.readdirSync("."); } static async s() { fs.rmSync("x"); } } //~ blocking-path
async function sh(fs) { fs.readFileSync("x"); }
export default async function () { fs.readFileSync("x"); } //~ blocking-open
