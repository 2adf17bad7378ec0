console.log('1: sync start');

setTimeout(() => console.log('6: timeout'), 0);

Promise.resolve()
  .then(() => console.log('4: microtask one'))
  .then(() => console.log('5: microtask two'));

process.nextTick(() => console.log('3: nextTick'));

(function () {
  console.log('2: sync end');
})();
