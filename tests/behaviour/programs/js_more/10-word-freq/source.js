const text = `The quick brown fox jumps over the lazy dog. The dog, being lazy, did not react!
"Foxes are quick," said the narrator; dogs aren't.`;

const STOP = new Set(['the', 'a', 'and', 'is', 'are', 'not']);
const words = text.toLowerCase().match(/[a-z']+/g).filter((w) => !STOP.has(w));
const freq = new Map();
for (const w of words) freq.set(w, (freq.get(w) ?? 0) + 1);
const top = [...freq.entries()].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, 5);
const width = Math.max(...top.map(([w]) => w.length));
top.forEach(([word, n], i) => {
  console.log(`${String(i + 1).padStart(2)}. ${word.padEnd(width)} ${'*'.repeat(n)} (${n})`);
});

const sentences = text.split(/[.!?;]\s*/).filter((s) => s.trim().length > 0);
console.log('sentences:', sentences.length);
console.log('longest word:', words.reduce((a, b) => (b.length > a.length ? b : a)));
console.log('avg length:', (words.join('').length / words.length).toFixed(2));
const byLetter = words.reduce((acc, w) => {
  const k = w[0];
  acc[k] = acc[k] ? [...acc[k], w] : [w];
  return acc;
}, {});
console.log(Object.keys(byLetter).sort().map((k) => `${k}:${byLetter[k].length}`).join(' '));
const caesar = (s, n) => s.replace(/[a-z]/gi, (c) => {
  const base = c <= 'Z' ? 65 : 97;
  return String.fromCharCode(((c.charCodeAt(0) - base + n + 26) % 26) + base);
});
const secret = caesar('Hello, World!', 3);
console.log(secret, caesar(secret, -3));
const isPalindrome = (s) => {
  const t = s.toLowerCase().replace(/[^a-z0-9]/g, '');
  return t === [...t].reverse().join('');
};
console.log(isPalindrome('A man, a plan, a canal: Panama'), isPalindrome('nope'));
const title = 'the lord of the rings'.split(' ').map((w, i) => (i && ['of', 'the'].includes(w) ? w : w[0].toUpperCase() + w.slice(1))).join(' ');
console.log(title);
console.log(`${'left'.padEnd(10, '.')}|${'right'.padStart(10, '.')}|`);
