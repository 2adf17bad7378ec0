const mirror = (name, ms, up = true) =>
  new Promise((resolve, reject) => {
    setTimeout(() => (up ? resolve(name) : reject(new Error(`${name} down`))), ms);
  });

async function main() {
  const winner = await Promise.any([
    mirror('eu', 5, false),
    mirror('us', 20),
    mirror('asia', 45),
  ]);
  console.log('winner:', winner);

  try {
    await Promise.any([mirror('a', 5, false), mirror('b', 1, false)]);
  } catch (err) {
    console.log(err instanceof AggregateError, err.errors.length);
    console.log(err.errors.map((e) => e.message).join(', '));
    console.log(err.message);
  }
}
main();
