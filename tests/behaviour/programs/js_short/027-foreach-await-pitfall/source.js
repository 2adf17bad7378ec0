const sleep = (ms) => new Promise((r) => setTimeout(r, ms));

async function wrong(items) {
  items.forEach(async (x) => {
    await sleep(5);
    console.log('forEach', x);
  });
  console.log('wrong() thinks it is done');
}

async function right(items) {
  for (const x of items) {
    await sleep(5);
    console.log('for...of', x);
  }
  console.log('right() is done');
}

wrong([1, 2])
  .then(() => sleep(20))
  .then(() => right([1, 2]));
