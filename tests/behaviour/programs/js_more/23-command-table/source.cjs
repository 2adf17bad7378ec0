'use strict';
// CommonJS CLI-ish: argument parsing, command table, exit summary
const assert = require('node:assert');
const { promisify } = require('util');
const wait = promisify(setTimeout);

function parseArgs(argv) {
  const out = { _: [], flags: {} };
  for (let i = 0; i < argv.length; i++) {
    const arg = argv[i];
    if (arg === '--') { out._.push(...argv.slice(i + 1)); break; }
    const m = /^--(no-)?([\w-]+)(?:=(.*))?$/.exec(arg);
    if (m) {
      const [, no, name, value] = m;
      if (no) out.flags[name] = false;
      else if (value !== undefined) out.flags[name] = value;
      else if (argv[i + 1] && !argv[i + 1].startsWith('-')) out.flags[name] = argv[++i];
      else out.flags[name] = true;
    } else if (arg.startsWith('-') && arg.length > 1) {
      for (const ch of arg.slice(1)) out.flags[ch] = true;
    } else out._.push(arg);
  }
  return out;
}
const commands = {
  async greet({ _: [name = 'world'], flags: { loud = false } }) {
    await wait(1);
    const text = `hello ${name}`;
    return loud ? text.toUpperCase() + '!' : text;
  },
  sum: async ({ _ }) => _.map(Number).reduce((a, b) => a + b, 0),
  async fail({ flags }) {
    throw Object.assign(new Error(flags.message ?? 'failed'), { code: 'E_FAIL', exitCode: 3 });
  },
};
commands.hi = commands.greet;

async function main(lines) {
  let failures = 0;
  for (const line of lines) {
    const [name, ...rest] = line.split(' ').filter(Boolean);
    const command = commands[name];
    if (typeof command !== 'function') {
      console.log(`? ${name}; known: ${Object.keys(commands).join(', ')}`);
      failures++;
      continue;
    }
    try {
      console.log('>', await command(parseArgs(rest)));
    } catch (err) {
      failures += 1;
      console.log(`x ${err.code}: ${err.message} (exit ${err.exitCode || 1})`);
    }
  }
  return failures;
}
const parsed = parseArgs(['a', '--x=1', '--verbose', '--name', 'bob', '-qz', '--no-color', '--', '--raw']);
console.log(JSON.stringify(parsed));
assert.deepStrictEqual(parseArgs([]), { _: [], flags: {} });
assert.equal(parseArgs(['-a']).flags.a, true);
main(['greet ann --loud', 'hi', 'sum 1 2 3.5', 'fail --message=boom', 'nope'])
  .then((n) => console.log('failures', n))
  .catch((e) => { console.error(e); process.exitCode = 1; })
  .finally(() => console.log('bye'));
module.exports = { parseArgs };
