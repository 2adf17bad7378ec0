const people = [
  { name: 'Zoe', age: 30 },
  { name: 'adam', age: 25 },
  { name: 'Bob', age: 30 },
];

console.log([10, 9, 1, 100].sort());
console.log([10, 9, 1, 100].sort((a, b) => a - b));
console.log(people.map((p) => p.name).sort());
console.log(people.map((p) => p.name).sort((a, b) => a.localeCompare(b)));

const sorted = [...people].sort((a, b) => b.age - a.age || (a.name < b.name ? -1 : 1));
console.table(sorted);
console.log(people[0].name, sorted[0].name);
console.log([3, 1, 2].toSorted(), [1, 2, 3].toReversed(), [1, 2, 3].with(1, 9));
