function tally(words) {
  const counts = new Map();
  for (const word of words) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}

function sizes(names) {
  return Object.fromEntries(names.map((name) => [name, name.length]));
}

console.log(tally("10 b 9 b".match(/\S+/g) ?? []));
console.log(sizes(["fig", "kiwi"]));
