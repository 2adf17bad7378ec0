import { setTimeout as sleep } from "node:timers/promises";

async function readGauge(gaugeId) {
  await sleep(10);
  return { id: gaugeId, name: "inlet" };
}

async function readHistory(gaugeId) {
  await sleep(5);
  return { samples: gaugeId * 3 };
}

function statusLine(gauge, history) {
  return `${gauge.name} has ${history.samples} samples`;
}

async function main() {
  const [gauge, history] = await Promise.all([readGauge(5), readHistory(5)]);
  console.log(statusLine(gauge, history));
}

await main();
