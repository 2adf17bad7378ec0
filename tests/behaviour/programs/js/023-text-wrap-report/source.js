'use strict';

const TEXT = `The quick-witted engineer shipped the fix on Friday. Nobody slept.
On Monday, the fix was reverted; a second fix followed, and then a third.

Incomprehensibilities notwithstanding, the team learned a lot: write tests, write them early, and read the logs.`;

/** Wrap to a width; words longer than the line are split with a hyphen. */
function wrap(text, width) {
  const lines = [];
  let line = '';
  for (let word of text.split(/\s+/)) {
    while (word.length > width) {
      if (line) lines.push(line);
      lines.push(word.slice(0, width - 1) + '-');
      word = word.slice(width - 1);
      line = '';
    }
    if (!line) line = word;
    else if (line.length + 1 + word.length <= width) line += ' ' + word;
    else {
      lines.push(line);
      line = word;
    }
  }
  if (line) lines.push(line);
  return lines;
}

function justify(line, width) {
  const words = line.split(' ');
  if (words.length === 1) return line.padEnd(width);
  let gaps = words.length - 1;
  let spaces = width - words.join('').length;
  return words.reduce((out, word) => {
    const pad = Math.ceil(spaces / gaps);
    spaces -= pad;
    gaps--;
    return out + ' '.repeat(pad) + word;
  });
}

const align = {
  left: (l, w) => l.padEnd(w),
  right: (l, w) => l.padStart(w),
  center: (l, w) => l.padStart(Math.floor((w + l.length) / 2)).padEnd(w),
  justify: (l, w, isLast) => (isLast ? l.padEnd(w) : justify(l, w)),
};

function box(paragraphs, width, mode) {
  const rule = `+${'-'.repeat(width + 2)}+`;
  const out = [rule];
  paragraphs.forEach((p, i) => {
    if (i) out.push(`| ${' '.repeat(width)} |`);
    const lines = wrap(p, width);
    lines.forEach((l, j) => out.push(`| ${align[mode](l, width, j === lines.length - 1)} |`));
  });
  out.push(rule);
  return out.join('\n');
}

function wordStats(text) {
  const words = text.toLowerCase().match(/[a-z]+(?:-[a-z]+)*/g) ?? [];
  const freq = words.reduce((m, w) => m.set(w, (m.get(w) || 0) + 1), new Map());
  const top = [...freq].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, 5);
  const longest = words.reduce((a, b) => (b.length > a.length ? b : a), '');
  return { total: words.length, unique: freq.size, top, longest };
}

const paragraphs = TEXT.split(/\n{2,}/);
console.log(box(paragraphs, 30, 'justify'));
console.log(box([paragraphs[1]], 16, 'center'));
console.log(box(['Total: 12', 'Grand total: 1,024'], 20, 'right'));

const { top, ...rest } = wordStats(TEXT);
console.log(rest);
const widest = Math.max(...top.map(([w]) => w.length));
for (const [word, n] of top) console.log(word.padStart(widest), '*'.repeat(n), n);

const titleCase = (s) => s.replace(/\b[a-z]/g, (c) => c.toUpperCase());
console.log(titleCase('a short history of line breaking'));
console.log(paragraphs.flatMap((p) => p.split(/(?<=[.;:])\s/)).map((s) => s.length));
