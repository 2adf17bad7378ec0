const toRoman = (num) =>
  Object.entries({ M: 1000, CM: 900, D: 500, CD: 400, C: 100, XC: 90, L: 50, XL: 40, X: 10, IX: 9, V: 5, IV: 4, I: 1 })
    .reduce((out, [sym, val]) => {
      const n = Math.floor(num / val);
      num %= val;
      return out + sym.repeat(n);
    }, '');
console.log([4, 9, 1994, 2024].map(toRoman));

const formatDuration = (sec) => {
  const parts = [Math.floor(sec / 3600), Math.floor(sec / 60) % 60, sec % 60];
  return parts.map((p) => String(p).padStart(2, '0')).join(':');
};
console.log(formatDuration(3725), formatDuration(59));

console.log(5 & 3, 5 | 3, 5 ^ 3, ~5, 1 << 4, -16 >> 2, -1 >>> 28);
const bytes = (n, u = ['B', 'KB', 'MB']) => {
  let i = 0;
  while (n >= 1024 && i < u.length - 1) { n /= 1024; i++; }
  return `${+n.toFixed(1)} ${u[i]}`;
};
console.log(bytes(500), bytes(1536), bytes(5 * 1024 ** 2));
console.log([...new Array(5)].map((_, i) => (i + 1).toString(2).padStart(4, 0)).join(' '));
