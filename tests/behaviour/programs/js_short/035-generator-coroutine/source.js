function co(genFn) {
  return function (...args) {
    const gen = genFn(...args);
    return new Promise((resolve, reject) => {
      function step(method, arg) {
        let result;
        try {
          result = gen[method](arg);
        } catch (e) {
          return reject(e);
        }
        if (result.done) return resolve(result.value);
        Promise.resolve(result.value).then((v) => step('next', v), (e) => step('throw', e));
      }
      step('next');
    });
  };
}

const task = co(function* (x) {
  const a = yield Promise.resolve(x + 1);
  const b = yield a * 2;
  try {
    yield Promise.reject(new Error('inner'));
  } catch (e) {
    console.log('caught', e.message);
  }
  return a + b;
});
task(4).then((r) => console.log('result', r));
