const lvl3 = async () => { JSON.parse('{bad json}'); };

async function lvl2() {
  try {
    await lvl3();
  } catch (err) {
    throw new Error('Could not load settings', { cause: err });
  }
}

async function lvl1() {
  await lvl2();
  return 'unreachable';
}

lvl1()
  .then(console.log)
  .catch((err) => {
    let depth = 0;
    for (let e = err; e; e = e.cause) {
      console.log(' '.repeat(depth++ * 2) + e.name);
    }
    console.log(err.message);
  });
