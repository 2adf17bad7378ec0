for (let i = 1; i <= 15; i++) {
  console.log((i % 3 ? '' : 'Fizz') + (i % 5 ? '' : 'Buzz') || i);
}

const rules = [[2, 'Ping'], [7, 'Pong']];
const custom = (n) => rules.filter(([d]) => n % d === 0).map(([, w]) => w).join('') || String(n);
console.log([1, 2, 7, 14].map(custom));

let line = '';
for (let row = 1; row <= 4; row++) {
  line += ' '.repeat(4 - row) + '*'.repeat(row * 2 - 1) + '\n';
}
console.log(line);
