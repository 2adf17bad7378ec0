// What an executor returns nobody reads.
const settle = (value) =>
  new Promise((resolve, reject) => {
    if (value < 0) return reject(new Error("negative")); // too small
    if (value === 0) {
      return resolve("zero");
    }
    return resolve(value);
  });

const object = () =>
  new Promise(function (resolve) {
    for (const x of [1, 2]) if (x === 2) return resolve({ x });
  });

for (const value of [1, 0, -1]) {
  try {
    console.log(await settle(value));
  } catch (error) {
    console.log(error.message);
  }
}
console.log(await object());
