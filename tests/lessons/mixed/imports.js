// only: floating-promise
import { promisify } from "node:util";
import * as fsp from "node:fs/promises";
import { readFile as slurp, writeFile } from "fs/promises";
import fs, { promises } from "node:fs";
import { setTimeout as nap } from "timers/promises";
const { unlink } = fs.promises;
const rm = promisify(fs.rm);
export async function a() {
  fsp.mkdir("x"); //~ floating-promise
  slurp("x"); //~ floating-promise
  promises.readFile("x"); //~ floating-promise
  fs.promises.readFile("x"); //~ floating-promise
  unlink("x"); //~ floating-promise
  rm("x"); //~ floating-promise
  nap(10); //~ floating-promise
  void nap(10);
  await nap(10);
  const p = nap(10); //~ floating-promise
  const q = nap(10);
  const r = nap(20);
  await Promise.all([q, r]);
}
