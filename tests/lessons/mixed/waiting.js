// only: busy-wait, await-outside-async
const sleep = (ms) => new Promise((r) => setTimeout(r, ms));
import { setTimeout as nap } from "timers/promises";
let done = false;
async function a() {
  while (!done) { await sleep(10); } //~ busy-wait
  while (!done) await nap(10); //~ busy-wait
  while (!done) { await new Promise((r) => setTimeout(r, 10)); } //~ busy-wait
  do { await sleep(5); } while (!done); //~ busy-wait
  for (;;) { if (done) break; await sleep(10); }
  while (!done) { await sleep(10); tries++; }
  while (true) { await sleep(1000); await work(); }
  for (; !done; ) await sleep(10); //~ busy-wait
}
