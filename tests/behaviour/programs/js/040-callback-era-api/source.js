// A geocoder written in callback style, promisified, with callbacks that misbehave.
var util = require('util');
var assert = require('assert');

function Geocoder(table, options) {
  if (!(this instanceof Geocoder)) return new Geocoder(table, options);
  this.table = table;
  this.latency = (options && options.latency) || 5;
  this.lookups = 0;
}

Geocoder.prototype.find = function find(city, cb) {
  var self = this;
  if (typeof cb !== 'function') throw new TypeError('callback required');
  setTimeout(function () {
    self.lookups++;
    var hit = self.table[city.toLowerCase()];
    if (!hit) {
      var err = new Error('unknown city: ' + city);
      err.code = 'ENOCITY';
      return cb(err);
    }
    cb(null, hit[0], hit[1]);
  }, this.latency);
};

// several results: give promisify a custom version
Geocoder.prototype.find[util.promisify.custom] = function (city) {
  return new Promise((resolve, reject) => {
    Geocoder.prototype.find.call(this, city, (err, lat, lon) => (err ? reject(err) : resolve({ lat, lon })));
  });
};

function CachedGeocoder() {
  Geocoder.apply(this, arguments);
  this.cache = Object.create(null);
}
util.inherits(CachedGeocoder, Geocoder);

CachedGeocoder.prototype.find = function (city, cb) {
  var cached = this.cache[city];
  if (cached) return process.nextTick(cb, null, cached[0], cached[1]);
  var self = this;
  CachedGeocoder.super_.prototype.find.call(this, city, function (err, lat, lon) {
    if (!err) self.cache[city] = [lat, lon];
    cb.apply(null, arguments);
  });
};

function parallel(tasks, cb) {
  var results = [];
  var left = tasks.length;
  var failed = false;
  tasks.forEach(function (task, i) {
    task(function (err, ...values) {
      if (failed) return;
      if (err) {
        failed = true;
        return cb(err);
      }
      results[i] = values;
      if (--left === 0) cb(null, results);
    });
  });
}

const once = (fn) => {
  let called = 0;
  return (...args) => (called++ === 0 ? fn(...args) : console.log(`(callback called ${called} times)`));
};

var table = { oslo: [59.9, 10.7], lima: [-12, -77], cairo: [30, 31.2] };
var geo = new CachedGeocoder(table, { latency: 10 });

parallel([(cb) => geo.find('Oslo', cb), (cb) => geo.find('Lima', cb)], function (err, points) {
  assert.ifError(err);
  console.log(util.format('parallel %j', points));

  geo.find('Oslo', function (err2, lat) {
    console.log('cached', lat, 'lookups', geo.lookups);

    parallel([(cb) => geo.find('Atlantis', cb), (cb) => setTimeout(() => geo.find('El Dorado', cb), 30)], function (err3, nothing) {
      console.log(err3.code, '-', err3.message, nothing);
      modern().catch(console.error);
    });
  });
});

async function modern() {
  const plain = Geocoder(table);
  const find = util.promisify(plain.find).bind(plain);
  console.log(await find('Cairo'));
  await find('Narnia').catch((e) => console.log('rejected', e.code));

  const viaCallback = util.callbackify(async (a, b) => {
    if (b === 0) throw new RangeError('divide by zero');
    return a / b;
  });
  viaCallback(9, 3, (err, n) => console.log('callbackify', err, n));
  viaCallback(1, 0, (err) => console.log('callbackify', err.message));
  await util.promisify(setTimeout)(20);

  const twice = once((v) => console.log('got', v));
  [1, 2].forEach((v) => twice(v));
  assert.throws(() => plain.find('x'), { name: 'TypeError' });
  console.log(plain instanceof Geocoder, geo instanceof Geocoder, plain instanceof CachedGeocoder);
  console.log(Object.keys(geo), plain.lookups);
}

console.log('waiting');
