const { promisify } = require('util');

function divide(a, b, callback) {
  setTimeout(() => {
    if (b === 0) return callback(new RangeError('Division by zero'));
    callback(null, a / b);
  }, 5);
}

const divideAsync = promisify(divide);

divideAsync(10, 4)
  .then((r) => {
    console.log('10 / 4 =', r);
    return divideAsync(1, 0);
  })
  .catch((err) => console.log(`${err}`));

divide(9, 3, (err, result) => console.log('callback:', err, result));
