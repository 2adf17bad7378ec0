import fsp from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Walk a directory tree, yielding relative file names. */
async function* walk(dir, base = dir) {
  const entries = await fsp.readdir(dir, { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const full = path.join(dir, entry.name);
    if (entry.isDirectory()) yield* walk(full, base);
    else if (entry.isFile()) yield path.relative(base, full);
  }
}

const digest = async (file) =>
  createHash('sha1').update(await fsp.readFile(file)).digest('hex').slice(0, 8);

async function snapshot(dir) {
  const map = new Map();
  for await (const rel of walk(dir)) map.set(rel, await digest(path.join(dir, rel)));
  return map;
}

async function plan(src, dst) {
  const [from, to] = await Promise.all([snapshot(src), snapshot(dst)]);
  const actions = [];
  for (const [rel, hash] of from) {
    if (!to.has(rel)) actions.push({ op: 'create', rel });
    else if (to.get(rel) !== hash) actions.push({ op: 'update', rel });
  }
  for (const rel of to.keys()) if (!from.has(rel)) actions.push({ op: 'delete', rel });
  return actions;
}

async function apply(actions, src, dst, { dryRun = false } = {}) {
  const tally = { create: 0, update: 0, delete: 0 };
  for (const { op, rel } of actions) {
    console.log(`${dryRun ? '(dry) ' : ''}${op} ${rel}`);
    tally[op]++;
    if (dryRun) continue;
    const target = path.join(dst, rel);
    if (op === 'delete') {
      await fsp.unlink(target);
      await fsp.rmdir(path.dirname(target)).catch((e) => {
        if (e.code !== 'ENOTEMPTY') throw e;
      });
    } else {
      await fsp.mkdir(path.dirname(target), { recursive: true });
      await fsp.copyFile(path.join(src, rel), target);
    }
  }
  return tally;
}

async function populate(dir, files) {
  await Promise.all(
    Object.entries(files).map(async ([rel, text]) => {
      const full = path.join(dir, rel);
      await fsp.mkdir(path.dirname(full), { recursive: true });
      await fsp.writeFile(full, text);
    }),
  );
}

const root = await fsp.mkdtemp(path.join(tmpdir(), 'sync-'));
const src = path.join(root, 'src');
const dst = path.join(root, 'dst');
try {
  await populate(src, {
    'index.html': '<h1>hi</h1>',
    'css/site.css': 'body{}',
    'js/app.js': 'let x = 1;',
    'js/lib/util.js': 'export {}',
  });
  await populate(dst, { 'index.html': '<h1>old</h1>', 'css/site.css': 'body{}', 'old/page.html': 'bye' });

  const todo = await plan(src, dst);
  await apply(todo, src, dst, { dryRun: true });
  console.log(await apply(todo, src, dst));
  console.log('left to do:', (await plan(src, dst)).length);

  await fsp.appendFile(path.join(src, 'js/app.js'), '\nlet y;');
  await fsp.rm(path.join(src, 'css'), { recursive: true });
  console.log(await apply(await plan(src, dst), src, dst));

  for (const [rel, hash] of await snapshot(dst)) console.log(hash, rel);
  console.log((await fsp.readdir(dst)).sort());
  await snapshot(path.join(root, 'nope')).catch((e) => console.log(e.code, e.syscall));
} finally {
  await fsp.rm(root, { recursive: true, force: true });
}
