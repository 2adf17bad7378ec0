import { setTimeout as sleep } from "node:timers/promises";

async function main() {
  console.log("kettle on");
  await sleep(5);
  console.log("water boils");
  console.log("tea is ready");
}

await main();
