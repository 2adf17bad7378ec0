// Graph of modules: parse imports, detect cycles, compute load order, lazily evaluate
const files = {
  'main.js': `import { a } from './a.js';\nimport b from "./lib/b.js";\nconsole.log(a, b);`,
  'a.js': `import { helper } from './lib/util.js';\nexport const a = helper(1);`,
  'lib/b.js': `import './util.js';\nimport { a } from '../a.js';\nexport default a + 1;`,
  'lib/util.js': `export const helper = (x) => x * 2;`,
  'c1.js': `import './c2.js';`,
  'c2.js': `import './c3.js';`,
  'c3.js': `import './c1.js'; import './missing.js';`,
};
const IMPORT = /^\s*import\s+(?:(?<what>[\w{},\s*]+?)\s+from\s+)?['"](?<spec>[^'"]+)['"]/gm;
const normalize = (base, spec) => {
  const parts = base.split('/').slice(0, -1);
  for (const p of spec.split('/')) {
    if (p === '.' || p === '') continue;
    else if (p === '..') parts.pop();
    else parts.push(p);
  }
  return parts.join('/');
};
const readFile = async (name) => {
  await Promise.resolve();
  if (!Object.hasOwn(files, name)) throw Object.assign(new Error(`ENOENT: ${name}`), { code: 'ENOENT' });
  return files[name];
};
class ModuleGraph {
  nodes = new Map();
  async load(name, from = null) {
    if (this.nodes.has(name)) return this.nodes.get(name);
    const node = { name, deps: [], error: null };
    this.nodes.set(name, node);
    let source;
    try {
      source = await readFile(name);
    } catch (err) {
      node.error = `${err.code} (from ${from ?? 'entry'})`;
      return node;
    }
    node.imports = [...source.matchAll(IMPORT)].map(({ groups: { what = '', spec } }) => ({
      path: normalize(name, spec),
      names: what.replace(/[{}\s]/g, '').split(',').filter(Boolean),
    }));
    node.deps = node.imports.map((i) => i.path);
    await Promise.all(node.deps.map((d) => this.load(d, name)));
    return node;
  }
  order(entry) {
    const out = [], state = {}, cycles = [];
    const visit = (name, trail) => {
      if (state[name] === 'done') return;
      if (state[name] === 'active') {
        cycles.push([...trail.slice(trail.indexOf(name)), name].join(' -> '));
        return;
      }
      state[name] = 'active';
      for (const d of this.nodes.get(name)?.deps ?? []) visit(d, [...trail, name]);
      state[name] = 'done';
      out.push(name);
    };
    visit(entry, []);
    return { out, cycles };
  }
}
for (const entry of ['main.js', 'c1.js', 'zzz.js']) {
  const graph = new ModuleGraph();
  await graph.load(entry);
  const { out, cycles } = graph.order(entry);
  console.log(`${entry}: ${out.join(', ')}`);
  if (cycles.length) console.log('  cycles:', cycles);
  const broken = [...graph.nodes.values()].filter((n) => n.error).map(({ name, error }) => `${name} ${error}`);
  if (broken.length > 0) console.log('  broken:', broken.join('; '));
  const { imports: [first] = [] } = graph.nodes.get(entry);
  console.log('  first import:', first?.names ?? 'none', first ? first.path : '-');
}
const lazy = (factory) => {
  let value;
  let ready = false;
  return { get value() { if (!ready) { value = factory(); ready = true; } return value; }, get ready() { return ready; } };
};
let made = 0;
const l = lazy(() => { made += 1; return { id: made }; });
console.log(l.ready, l.value.id, l.value.id, l.ready, made);
