const thenable = {
  then(resolve, reject) {
    console.log('then called');
    setTimeout(() => resolve('from thenable'), 5);
  },
};

async function main() {
  const value = await thenable;
  console.log(value);

  const failing = { then(_, reject) { reject(new Error('thenable failed')); } };
  try {
    await failing;
  } catch (e) {
    console.log(e.message);
  }

  const wrapped = Promise.resolve({ then: (r) => r(123) });
  console.log(await wrapped);
}

main();
console.log('after main()');
