for (var i = 0; i < 3; i++) {
  setTimeout(function () {
    console.log('var', i);
  }, 5);
}

for (let j = 0; j < 3; j++) {
  setTimeout(function () {
    console.log('let', j);
  }, 10);
}

for (var k = 0; k < 3; k++) {
  (function (copy) {
    setTimeout(function () {
      console.log('iife', copy);
    }, 15);
  })(k);
}
console.log('after loops', i, k, typeof j);
