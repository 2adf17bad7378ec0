'use strict';

// Line diff (longest common subsequence), hunks with context, and a patch function.

/**
 * @param {string[]} a
 * @param {string[]} b
 * @returns {{op: ' ' | '-' | '+', line: string, at: number}[]}
 */
function diff(a, b) {
  const lcs = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lcs[i][j] = a[i] === b[j] ? lcs[i + 1][j + 1] + 1 : Math.max(lcs[i + 1][j], lcs[i][j + 1]);
    }
  }
  const script = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      script.push({ op: ' ', line: a[i], at: i++ });
      j++;
    } else if (j >= b.length || (i < a.length && lcs[i + 1][j] >= lcs[i][j + 1])) {
      script.push({ op: '-', line: a[i], at: i++ });
    } else {
      script.push({ op: '+', line: b[j++], at: i });
    }
  }
  return script;
}

function hunks(script, context = 1) {
  const keep = new Set();
  script.forEach(({ op }, k) => {
    if (op === ' ') return;
    for (let c = k - context; c <= k + context; c++) if (script[c]) keep.add(c);
  });
  const groups = [];
  let previous = -2;
  for (const k of [...keep].sort((x, y) => x - y)) {
    if (k !== previous + 1) groups.push([]);
    groups.at(-1).push(script[k]);
    previous = k;
  }
  return groups.map((entries) => ({ start: entries[0].at, entries }));
}

function patch(lines, groups) {
  const out = [];
  let pos = 0;
  for (const { start, entries } of groups) {
    out.push(...lines.slice(pos, start));
    pos = start;
    for (const { op, line } of entries) {
      if (op === '+') {
        out.push(line);
        continue;
      }
      if (lines[pos] !== line) {
        throw new Error(`line ${pos + 1}: expected "${line}", found "${lines[pos] ?? '<eof>'}"`);
      }
      if (op === ' ') out.push(line);
      pos++;
    }
  }
  return out.concat(lines.slice(pos));
}

const lines = (strings, ...values) => String.raw({ raw: strings }, ...values).trim().split(/\n\s*/);

const before = lines`
  preheat oven to 180
  mix flour and sugar
  add two eggs
  add milk
  stir
  pour into tin
  bake for 40 minutes
  let it cool
`;
const after = lines`
  preheat oven to ${180 + 20}
  mix flour and sugar
  add three eggs
  add milk
  stir
  pour into tin
  bake for 40 minutes
  check with a fork
  let it cool
  serve
`;

const script = diff(before, after);
const groups = hunks(script);
for (const { start, entries } of groups) {
  console.log(`@@ line ${start + 1} @@`);
  for (const { op, line } of entries) console.log(`${op} ${line}`);
}

const tally = script.reduce((t, { op }) => ({ ...t, [op]: (t[op] ?? 0) + 1 }), {});
console.log(tally, `similarity ${Math.round((200 * tally[' ']) / (before.length + after.length))}%`);
console.log('round trip ok:', patch(before, groups).join('\n') === after.join('\n'));
console.log('identical files give', hunks(diff(before, before)).length, 'hunks');
console.log(diff([], ['x']).map((d) => d.op), diff([...'kitten'], [...'sitting']).map((d) => d.op + d.line).join(' '));

try {
  patch(before.slice(0, 5), groups);
} catch (err) {
  console.log('conflict at', err.message);
}
const drifted = [...before];
drifted[4] = 'stir gently'; // not part of any hunk
console.log(patch(drifted, groups).slice(3, 6));
