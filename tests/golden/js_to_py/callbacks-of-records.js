const users = [
  { name: 'Ada', age: 36, tags: ['dev'] },
  { name: 'Bob', age: 17, tags: [] },
];
const stock = new Map([['pear', 0], ['plum', 4]]);

console.log(users.filter(({ age }) => age >= 18).map(({ name, age }) => `${name} (${age})`));
console.log(users.some(({ tags }) => tags.length > 1), users.find(({ name }) => name === 'Bob'));
console.log([...stock].filter(([, count]) => count > 0).map(([fruit]) => fruit));
console.log(Math.max(0, ...users.map((user) => user.tags.length)));

for (const [method, path, body] of [['GET', '/'], ['POST', '/users', { name: 'Cy' }]]) {
  console.log(method, path, body === undefined ? '-' : body.name);
}
