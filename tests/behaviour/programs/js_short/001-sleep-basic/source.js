const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function main() {
  console.log('Start');
  await sleep(10);
  console.log('After first sleep');
  for (let i = 3; i > 0; i--) {
    console.log(`Countdown: ${i}`);
    await sleep(5);
  }
  console.log('Lift off!');
}

main();
