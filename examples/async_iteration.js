// Reads a long log one page at a time, and stops when it has seen enough.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const log = ["start", "pump on", "pressure ok", "valve stuck", "pump off", "stop"];

async function* pages(size) {
  for (let at = 0; at < log.length; at += size) {
    await sleep(3);
    yield log.slice(at, at + size);
  }
}

async function* entries() {
  for await (const page of pages(2)) {
    yield* page;
  }
}

async function main() {
  let count = 0;
  for await (const entry of entries()) {
    count += 1;
    console.log(`${count}. ${entry}`);
    if (entry.includes("stuck")) {
      console.log("calling the engineer");
      break;
    }
  }
}

main();
