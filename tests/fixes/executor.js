// Short executors return what nobody reads; the fix puts braces around them and keeps the comments.
const later = (value) => new Promise((resolve) => setTimeout(resolve, 5, value)); // a pause
const object = () => new Promise((resolve) => /* inside */ resolve({ a: 1 }));

async function main() {
  // asyncport-ignore: await-in-loop -- nothing here
  console.log(await later("one"));
  console.log(await object()); // asyncport-ignore: floating-promise
}

await main();
