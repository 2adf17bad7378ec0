// Matrix, grid walking, memo, and number formatting
const grid = `
S..#....
.#.#.##.
.#...#..
...#.#.E
`.trim().split('\n').map((row) => [...row]);
const find = (ch) => {
  for (let y = 0; y < grid.length; y++) {
    const x = grid[y].indexOf(ch);
    if (x !== -1) return { x, y };
  }
  return null;
};
const key = ({ x, y }) => `${x},${y}`;
function bfs(start, goal) {
  const queue = [{ ...start, dist: 0 }];
  const seen = new Set([key(start)]);
  const prev = new Map();
  while (queue.length) {
    const cur = queue.shift();
    if (cur.x === goal.x && cur.y === goal.y) {
      const pathBack = [];
      for (let k = key(cur); k; k = prev.get(k)) pathBack.unshift(k);
      return { dist: cur.dist, path: pathBack };
    }
    for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
      const next = { x: cur.x + dx, y: cur.y + dy };
      if (grid[next.y]?.[next.x] === undefined || grid[next.y][next.x] === '#') continue;
      if (seen.has(key(next))) continue;
      seen.add(key(next));
      prev.set(key(next), key(cur));
      queue.push({ ...next, dist: cur.dist + 1 });
    }
  }
  return { dist: Infinity, path: [] };
}
const { dist, path } = bfs(find('S'), find('E'));
console.log(dist, path.length, path.slice(-2));
for (const p of path.slice(1, -1)) {
  const [x, y] = p.split(',').map(Number);
  grid[y][x] = '*';
}
console.log(grid.map((r) => r.join('')).join('\n'));
const mul = (a, b) => a.map((row) => b[0].map((_, j) => row.reduce((s, v, k) => s + v * b[k][j], 0)));
const identity = (n) => Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => Number(i === j)));
const pow = (m, n) => (n === 0 ? identity(m.length) : n % 2 ? mul(m, pow(m, n - 1)) : pow(mul(m, m), n / 2));
console.log(pow([[1, 1], [1, 0]], 30)[0][1], identity(2));
const transpose = (m) => m[0].map((_, i) => m.map((r) => r[i]));
console.log(transpose([[1, 2, 3], [4, 5, 6]]));
const memo = (fn, cache = new Map()) => (...args) => {
  const k = JSON.stringify(args);
  if (!cache.has(k)) cache.set(k, fn(...args));
  return cache.get(k);
};
let evals = 0;
const ways = memo((n, k) => { evals++; return n === 0 ? 1 : k < 1 || n < 0 ? 0 : ways(n, k - 1) + ways(n - k, k); });
console.log(ways(20, 20), evals > 20);
const fmt = (n) => n.toFixed(2).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
console.log(fmt(1234567.891), fmt(12), fmt(-1000));
console.log((255).toString(16), (5).toString(2).padStart(8, '0'), parseInt('ff', 16), Number('0x1f'), +'12.50', Number(''), Number('abc'));
console.log([10, 9, 1].sort(), [10, 9, 1].sort((a, b) => a - b), Math.round(-0.5), Math.trunc(-4.7), ~~7.9);
const histogram = [3, 1, 2, 3, 3, 2].reduce((h, n) => ({ ...h, [`n${n}`]: (h[`n${n}`] || 0) + 1 }), {});
for (const [k, v] of Object.entries(histogram).sort(([, a], [, b]) => b - a)) console.log(k, '#'.repeat(v), `${((v / 6) * 100).toFixed(1)}%`);
