// Three workers share one list of parcels. Each takes the next parcel when it is free.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function weigh(parcel) {
  await sleep(5 * parcel.length);
  return parcel.length * 100;
}

async function weighAll(parcels, size) {
  const weights = new Array(parcels.length).fill(0);
  let next = 0;

  async function worker() {
    while (next < parcels.length) {
      const index = next;
      next += 1;
      weights[index] = await weigh(parcels[index]);
    }
  }

  const workers = [];
  for (let i = 0; i < size; i++) {
    workers.push(worker());
  }
  await Promise.all(workers);
  return weights;
}

async function main() {
  const parcels = ["lamp", "book", "violin", "tea", "kite"];
  const weights = await weighAll(parcels, 3);
  parcels.forEach((parcel, i) => {
    console.log(`${parcel}: ${weights[i]} g`);
  });
}

main();
