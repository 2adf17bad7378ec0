// Text processing: word wrap, columns, diff, roman numerals, caesar, slug
const text = `The quick brown fox jumps over the lazy dog. Pack my box with five dozen liquor jugs; how vexingly quick daft zebras jump!`;
function wrap(s, width) {
  const lines = [];
  let line = '';
  for (const word of s.split(/\s+/)) {
    if (line && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line ? `${line} ${word}` : word;
  }
  if (line) lines.push(line);
  return lines;
}
const wrapped = wrap(text, 34);
wrapped.forEach((l, i) => console.log(`${String(i + 1).padStart(2)}| ${l}`));
const center = (s, w) => {
  const total = w - s.length;
  const left = Math.floor(total / 2);
  return ' '.repeat(Math.max(0, left)) + s + ' '.repeat(Math.max(0, total - left));
};
console.log(`[${center('hey', 10)}] [${center('toolong', 3)}]`);
const toRoman = (n) => {
  const table = [[1000, 'M'], [900, 'CM'], [500, 'D'], [400, 'CD'], [100, 'C'], [90, 'XC'], [50, 'L'], [40, 'XL'], [10, 'X'], [9, 'IX'], [5, 'V'], [4, 'IV'], [1, 'I']];
  let out = '';
  for (const [value, sym] of table) while (n >= value) { out += sym; n -= value; }
  return out;
};
console.log([1994, 2024, 49, 4].map(toRoman).join(' '));
const caesar = (s, k) => s.replace(/[a-z]/gi, (ch) => {
  const base = ch <= 'Z' ? 65 : 97;
  return String.fromCharCode(((ch.charCodeAt(0) - base + k + 26) % 26) + base);
});
const secret = caesar('Hello, Zebra!', 3);
console.log(secret, caesar(secret, -3));
const freq = new Map();
for (const ch of text.toLowerCase().replace(/[^a-z]/g, '')) freq.set(ch, (freq.get(ch) || 0) + 1);
const top = [...freq].sort(([a, x], [b, y]) => y - x || a.localeCompare(b)).slice(0, 4);
console.log(top.map(([ch, n]) => `${ch}${n}`).join(' '), freq.size);
const lcs = (a, b) => {
  const dp = Array.from({ length: a.length + 1 }, () => new Array(b.length + 1).fill(0));
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++)
      dp[i][j] = a[i - 1] === b[j - 1] ? dp[i - 1][j - 1] + 1 : Math.max(dp[i - 1][j], dp[i][j - 1]);
  const out = [];
  let [i, j] = [a.length, b.length];
  while (i > 0 && j > 0) {
    if (a[i - 1] === b[j - 1]) { out.unshift(a[i - 1]); i--; j--; }
    else if (dp[i - 1][j] >= dp[i][j - 1]) i--;
    else j--;
  }
  return out;
};
console.log(lcs('kitten'.split(''), [...'sitting']).join(''), lcs(['a', 'b', 'c'], ['b', 'c', 'd']));
const levenshtein = (a, b) => {
  let prev = [...Array(b.length + 1).keys()];
  for (let i = 0; i < a.length; i++) {
    const cur = [i + 1];
    for (let j = 0; j < b.length; j++) cur.push(Math.min(prev[j + 1] + 1, cur[j] + 1, prev[j] + (a[i] === b[j] ? 0 : 1)));
    prev = cur;
  }
  return prev[b.length];
};
console.log(levenshtein('kitten', 'sitting'), levenshtein('', 'abc'));
const camel = (s) => s.replace(/[-_\s]+(.)?/g, (_, c) => (c ? c.toUpperCase() : ''));
const title = (s) => s.replace(/\b\w/g, (c) => c.toUpperCase());
console.log(camel('some-css_property name'), title('the end of days'), 'a-b-c'.split('-', 2), 'x'.codePointAt(0), 'abc'.localeCompare('abd'));
const isPalindrome = (s) => { const t = s.toLowerCase().replace(/[^a-z0-9]/g, ''); return t === [...t].reverse().join(''); };
console.log(isPalindrome('A man, a plan, a canal: Panama'), isPalindrome('nope'));
const escapeHtml = (s) => s.replace(/[&<>"']/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[c]);
console.log(escapeHtml(`<a href="x">Tom & 'Jerry'</a>`));
console.log('%s is %d years and %i', 'Bob', 42.5, 42.9, 'extra', { a: 1 });
console.log('tab\there', 'uni\u00e9', `multi
line`, 'a\\b');
console.log(text.match(/\b\w{5}\b/g).length, text.match(/zzz/), /(?<first>\w+)\s(?<second>\w+)/.exec(text).groups.second);
