// Started and awaited at once is the same as awaited: also for those that run beside it.
async function load(name, turns) {
  console.log("start", name);
  // eslint-disable-next-line no-await-in-loop
  for (let i = 0; i < turns; i++) await null;
  return name;
}

async function first() {
  // what it is called
  const pending = load("a", 5);
  const name = await pending;
  console.log("got", name); // shown

  let again = load(
    "b", // with a comment inside
    1,
  );
  console.log(await again);
  const other = load("e", 1);
  return await other;
}

async function second() {
  const kept = load("c", 1); // this comment keeps it
  const name = await kept;
  console.log("got", name);
  return load("d", 1);
}

console.log(await Promise.all([first(), second()]));
