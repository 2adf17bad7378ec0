const parse = (text) => text.trim().split('\n').map((row) => [...row.trim()].map((c) => c === '#'));
const show = (grid) => grid.map((row) => row.map((on) => (on ? '#' : '.')).join('')).join('\n');

function neighbours(grid, y, x) {
  let n = 0;
  for (let dy = -1; dy <= 1; dy++) {
    for (let dx = -1; dx <= 1; dx++) {
      if (dy === 0 && dx === 0) continue;
      const row = grid[(y + dy + grid.length) % grid.length];
      if (row[(x + dx + row.length) % row.length]) n++;
    }
  }
  return n;
}

const step = (grid) =>
  grid.map((row, y) =>
    row.map((on, x) => {
      const n = neighbours(grid, y, x);
      return n === 3 || (on && n === 2);
    }),
  );

let grid = parse(`
  .....
  ..#..
  ..#..
  ..#..
  .....
`);
const seen = new Map();
let gen = 0;
for (; gen < 10; gen++) {
  const key = show(grid);
  if (seen.has(key)) {
    console.log(`cycle of ${gen - seen.get(key)} found at ${gen}`);
    break;
  }
  seen.set(key, gen);
  console.log(`gen ${gen}\n${key}`);
  grid = step(grid);
}
const alive = grid.flat().filter(Boolean).length;
console.log({ gen, alive });

// sparse version with string keys
const cells = new Set(['1,0', '2,1', '0,2', '1,2', '2,2']);
function evolve(set) {
  const counts = {};
  for (const cell of set) {
    const [x, y] = cell.split(',').map(Number);
    for (const dx of [-1, 0, 1]) for (const dy of [-1, 0, 1]) {
      if (dx || dy) {
        const k = `${x + dx},${y + dy}`;
        counts[k] = (counts[k] ?? 0) + 1;
      }
    }
  }
  return new Set(Object.keys(counts).filter((k) => counts[k] === 3 || (counts[k] === 2 && set.has(k))));
}
let glider = cells;
for (let i = 0; i < 4; i++) glider = evolve(glider);
console.log([...glider].sort());
