// Old-school helper functions built with then chains only.

function mapLimit(items, limit, iterator) {
  var results = new Array(items.length);
  var index = 0;
  var running = 0;
  var peak = 0;

  function next() {
    if (index >= items.length) return Promise.resolve();
    var i = index++;
    running++;
    peak = Math.max(peak, running);
    return Promise.resolve(iterator(items[i], i)).then(function (value) {
      results[i] = value;
      running--;
      return next();
    });
  }

  var lanes = [];
  for (var k = 0; k < Math.min(limit, items.length); k++) lanes.push(next());
  return Promise.all(lanes).then(function () {
    return { results: results, peak: peak };
  });
}

function series(fns, seed) {
  return fns.reduce(function (chain, fn) {
    return chain.then(fn);
  }, Promise.resolve(seed));
}

function timeout(promise, ms, label) {
  var timer;
  var bomb = new Promise(function (_, reject) {
    timer = setTimeout(function () {
      reject(new Error(label + ' took longer than ' + ms + ' ms'));
    }, ms);
  });
  return Promise.race([promise, bomb]).finally(function () {
    clearTimeout(timer);
  });
}

function later(ms, value) {
  return new Promise(function (resolve) {
    setTimeout(resolve, ms, value);
  });
}

function whilst(test, body) {
  return Promise.resolve(test()).then(function (go) {
    return go ? Promise.resolve(body()).then(function () { return whilst(test, body); }) : undefined;
  });
}

mapLimit([5, 1, 4, 2, 3], 2, function (n) {
  return later(n, n * 10);
})
  .then(function (out) {
    console.log('mapLimit', out.results, 'peak', out.peak);
    return mapLimit([], 3, String);
  })
  .then(function (out) {
    console.log('empty', out);
    return series(
      [
        function (n) { return later(2, n + 1); },
        function (n) { return n * 2; },
        function (n) { return 'series gives ' + n; },
      ],
      20
    );
  })
  .then(console.log)
  .then(function () {
    return timeout(later(5, 'quick'), 50, 'quick one');
  })
  .then(function (v) {
    console.log(v);
    return timeout(later(55, 'slow'), 20, 'slow one');
  })
  .catch(function (err) {
    console.log('caught: ' + err.message);
    return 3;
  })
  .then(function (count) {
    return whilst(
      function () { return count > 0; },
      function () {
        console.log('countdown', count--);
        return later(1);
      }
    );
  })
  .then(function () {
    return Promise.any([Promise.reject(new Error('mirror 1 down')), later(10, 'mirror 2'), later(45, 'mirror 3')]);
  })
  .then(function (winner) {
    console.log('first answer from', winner);
    throw new Error('deliberate');
  })
  .then(function () {
    console.log('never printed');
  }, function (e) {
    console.log('rejected:', e.message);
  })
  .finally(function () {
    console.log('done');
  });
