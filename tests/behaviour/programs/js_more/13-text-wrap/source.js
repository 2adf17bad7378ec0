function wrap(text, width) {
  const lines = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line ? `${line} ${word}` : word;
    }
  }
  if (line) lines.push(line);
  return lines;
}

function justify(line, width) {
  const words = line.split(' ');
  if (words.length === 1) return line;
  const gaps = words.length - 1;
  const spaces = width - words.join('').length;
  return words
    .map((w, i) => (i === gaps ? w : w + ' '.repeat(Math.floor(spaces / gaps) + (i < spaces % gaps ? 1 : 0))))
    .join('');
}

const center = (s, width, fill = ' ') => {
  const left = Math.floor((width - s.length) / 2);
  return fill.repeat(left) + s + fill.repeat(width - s.length - left);
};

const box = (lines, title) => {
  const width = Math.max(title.length + 2, ...lines.map((l) => l.length));
  return ['+' + center(` ${title} `, width + 2, '-') + '+', ...lines.map((l) => `| ${l.padEnd(width)} |`), '+' + '-'.repeat(width + 2) + '+'].join('\n');
};

const text = 'In the beginning the Universe was created. This has made a lot of people very angry and been widely regarded as a bad move.';
const lines = wrap(text, 30);
console.log(box(lines, 'Guide'));
console.log(lines.slice(0, -1).map((l) => justify(l, 30)).join('\n'));

const toRoman = (n) => {
  const table = [[1000, 'M'], [900, 'CM'], [500, 'D'], [400, 'CD'], [100, 'C'], [90, 'XC'], [50, 'L'], [40, 'XL'], [10, 'X'], [9, 'IX'], [5, 'V'], [4, 'IV'], [1, 'I']];
  let out = '';
  for (const [value, sym] of table) {
    while (n >= value) {
      out += sym;
      n -= value;
    }
  }
  return out;
};
console.log([1, 4, 9, 14, 40, 90, 400, 1994, 2024].map(toRoman).join(' '));

const slugify = (s) => s.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
console.log(slugify('  Crème Brûlée & Other Désserts! '));
const camel = 'some-long_variable name'.split(/[-_ ]/).map((w, i) => (i ? w.charAt(0).toUpperCase() + w.slice(1) : w)).join('');
console.log(camel, camel.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`));
console.log('a,b;c'.split(/[,;]/), 'x'.codePointAt(0), 'abc'.charCodeAt(1), String.fromCharCode(72, 105));
const count = (s, sub) => s.split(sub).length - 1;
console.log(count('banana', 'an'), 'banana'.indexOf('n', 3), 'banana'.lastIndexOf('a'), 'abc' < 'abd');
