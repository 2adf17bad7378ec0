// Asks three depots for a spare part and does not wait long for any of them.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function askDepot(name, ms) {
  await sleep(ms);
  return `${name} has it`;
}

function rejectAfter(ms) {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`no answer in ${ms} ms`)), ms);
  });
}

async function main() {
  for (const [name, ms] of [["Leeds", 5], ["Cork", 400], ["Bergen", 10]]) {
    try {
      const answer = await Promise.race([askDepot(name, ms), rejectAfter(100)]);
      console.log(answer);
    } catch (error) {
      console.log(`${name}: ${error.message}`);
    }
  }
}

main();
