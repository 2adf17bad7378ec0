const { double } = require("./index.js");

const items = new Map();

exports.add = (name, count) => {
  items.set(name, double(count));
};

exports.names = () => [...items.keys()];

exports.count = function () {
  let sum = 0;
  for (const count of items.values()) {
    sum += count;
  }
  return sum;
};
