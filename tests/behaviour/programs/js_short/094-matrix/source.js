const m = [
  [1, 2, 3],
  [4, 5, 6],
];

const transpose = (a) => a[0].map((_, c) => a.map((row) => row[c]));
const multiply = (a, b) => a.map((r) => transpose(b).map((c) => r.reduce((s, x, i) => s + x * c[i], 0)));
const print = (a) => a.forEach((r) => console.log(r.map((x) => String(x).padStart(3)).join('')));

print(transpose(m));
print(multiply(m, transpose(m)));

const grid = Array.from({ length: 3 }, () => Array(3).fill('.'));
grid[1][1] = 'X';
console.log(grid.map((r) => r.join('')).join('\n'));

const shared = Array(2).fill([]);
shared[0].push('oops');
console.log(shared, Array(3), [1, , 3].length);
console.log(m);
