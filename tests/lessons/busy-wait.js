import { setTimeout as sleep } from "node:timers/promises";
const delay = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
async function found(state) {
  while (!state.done) { //~ busy-wait
    await sleep(10);
  }
  while (!state.done) await delay(10); //~ busy-wait
  do { //~ busy-wait
    await new Promise((resolve) => setTimeout(resolve, 10));
  } while (!state.done);
}
async function fine(state, wait) {
  while (!state.done) { // ok
    await wait();
  }
  while (!state.done) { // ok
    state.tick();
    await sleep(10);
  }
  await sleep(10); // ok
  for (let i = 0; i < 3; i++) { // ok
    await sleep(10);
  }
}
