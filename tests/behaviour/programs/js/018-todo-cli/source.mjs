import * as fs from 'node:fs/promises';
import os from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

// A to-do command line tool, exercised by a list of command lines.

class JsonStore {
  constructor(file) {
    this.file = file;
  }
  async load() {
    try {
      return JSON.parse(await fs.readFile(this.file, 'utf-8'));
    } catch (err) {
      if (err.code === 'ENOENT') return { next: 1, items: [] };
      throw err;
    }
  }
  async save(data) {
    const tmp = `${this.file}.tmp`;
    await fs.writeFile(tmp, JSON.stringify(data, null, 2));
    await fs.rename(tmp, this.file); // atomic replace
  }
  async update(fn) {
    const data = await this.load();
    const result = await fn(data);
    await this.save(data);
    return result;
  }
}

class UsageError extends Error {}

const commands = {
  async add(store, args, { tag = [], priority }) {
    if (!args.length) throw new UsageError('add: what?');
    const item = await store.update((db) => {
      const it = { id: db.next++, text: args.join(' '), tags: tag, priority: Number(priority ?? 0), done: false };
      db.items.push(it);
      return it;
    });
    return `added #${item.id}`;
  },
  async done(store, ids) {
    return store.update(({ items }) =>
      ids.map((id) => {
        const item = items.find((i) => i.id === +id);
        if (!item) return `#${id}: not found`;
        if (item.done) return `#${id}: already done`;
        item.done = true;
        return `#${id}: done`;
      }).join('\n'));
  },
  async list(store, _args, { all, tag }) {
    const { items } = await store.load();
    const shown = items
      .filter((i) => all || !i.done)
      .filter((i) => !tag || tag.every((t) => i.tags.includes(t)))
      .sort((a, b) => b.priority - a.priority || a.id - b.id);
    if (!shown.length) return '(nothing)';
    return shown.map((i) => `${i.done ? '[x]' : '[ ]'} ${i.id} ${'!'.repeat(i.priority)}${i.text}${i.tags.map((t) => ` +${t}`).join('')}`).join('\n');
  },
  async purge(store) {
    const removed = await store.update((db) => {
      const before = db.items.length;
      db.items = db.items.filter((i) => !i.done);
      return before - db.items.length;
    });
    return `removed ${removed}`;
  },
};

async function cli(store, argv) {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      tag: { type: 'string', short: 't', multiple: true },
      priority: { type: 'string', short: 'p' },
      all: { type: 'boolean', short: 'a' },
    },
  });
  const [name, ...args] = positionals;
  const command = commands[name];
  if (!command) throw new UsageError(`unknown command "${name}", try one of ${Object.keys(commands).join(', ')}`);
  return command(store, args, values);
}

const dir = await fs.mkdtemp(join(os.tmpdir(), 'todo-'));
const store = new JsonStore(join(dir, 'todo.json'));
const session = ['list', 'add buy milk -t home', 'add -p 2 fix login --tag work -t bug', 'add call mum -p 1 -t home', 'list', 'done 1 1 9', 'list -t home', 'list --all', 'purge', 'frobnicate', 'add', 'list -a'];

for (const line of session) {
  console.log(`$ todo ${line}`);
  try {
    console.log(await cli(store, line.split(' ')));
  } catch (e) {
    console.log(e instanceof UsageError ? `usage: ${e.message}` : `crash: ${e.message}`);
  }
}
console.log('files:', await fs.readdir(dir));
await fs.rm(dir, { recursive: true, force: true });
