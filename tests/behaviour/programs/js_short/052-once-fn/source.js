function once(fn) {
  let called = false, result;
  return function () {
    if (!called) {
      called = true;
      result = fn.apply(this, arguments);
    }
    return result;
  };
}

const connect = once(async (host) => {
  console.log('connecting to', host);
  await new Promise((r) => setTimeout(r, 5));
  return { host, open: true };
});

async function main() {
  const a = connect('db1');
  const b = connect('db2');
  console.log(a === b);
  console.log(await b);
}

main();
