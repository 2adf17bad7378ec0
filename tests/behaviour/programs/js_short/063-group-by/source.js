function groupBy(list, keyFn) {
  return list.reduce((acc, item) => {
    (acc[keyFn(item)] ||= []).push(item);
    return acc;
  }, {});
}

const words = ['apple', 'bob', 'cat', 'avocado', 'banana', 'kiwi'];

console.log(groupBy(words, (w) => w[0]));
console.log(groupBy(words, (w) => w.length));
console.log(Object.keys(groupBy([1.2, 1.8, 2.1], Math.floor)));

const counts = {};
for (const ch of 'mississippi') counts[ch] = (counts[ch] || 0) + 1;
console.log(counts);
console.log(Object.entries(counts).sort(([, a], [, b]) => b - a)[0]);
