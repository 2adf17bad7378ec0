// A library desk stamps a book at once; the card index is updated in the background.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function updateIndex(title) {
  await sleep(10);
  console.log(`index: ${title} is out`);
}

async function lend(title) {
  updateIndex(title);
  return `stamped ${title}`;
}

async function main() {
  console.log(await lend("Emma"));
  console.log(await lend("Ulysses"));
  console.log("desk closed");
}

main();
