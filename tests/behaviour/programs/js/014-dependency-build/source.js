/**
 * Mini build tool: runs tasks after the ones they depend on,
 * independent branches in parallel, detects cycles, fails fast.
 */
const tasks = new Map();

function task(name, deps, fn = () => {}) {
  if (typeof deps === 'function') [deps, fn] = [[], deps];
  tasks.set(name, { name, deps, fn });
}

function findCycle(root) {
  const path = [];
  const done = new Set();
  const visit = (name) => {
    if (path.includes(name)) return [...path.slice(path.indexOf(name)), name];
    if (done.has(name)) return null;
    path.push(name);
    for (const dep of tasks.get(name)?.deps ?? []) {
      const cycle = visit(dep);
      if (cycle) return cycle;
    }
    path.pop();
    done.add(name);
    return null;
  };
  return visit(root);
}

function run(target) {
  const cycle = findCycle(target);
  if (cycle) return Promise.reject(new Error(`cycle: ${cycle.join(' -> ')}`));

  const started = new Map(); // name -> promise
  const start = (name, parent) => {
    if (started.has(name)) return started.get(name);
    const t = tasks.get(name);
    const p = t
      ? Promise.all(t.deps.map((d) => start(d, name)))
          .then((inputs) => {
            console.log(`[${name}] start`);
            return t.fn(...inputs);
          })
          .then((out) => {
            console.log(`[${name}] done${out === undefined ? '' : `: ${out}`}`);
            return out;
          })
      : Promise.reject(new Error(`unknown task "${name}" needed by ${parent ?? 'you'}`));
    started.set(name, p);
    return p;
  };
  return start(target);
}

const after = (ms, fn) => new Promise((resolve, reject) => {
  setTimeout(() => {
    try {
      resolve(fn());
    } catch (e) {
      reject(e);
    }
  }, ms);
});

task('clean', () => after(5, () => 'removed dist'));
task('styles', ['clean'], () => after(45, () => 'main.css'));
task('scripts', ['clean'], () => after(20, () => 'bundle.js'));
task('html', ['styles', 'scripts'], (css, js) => `index.html(${css}, ${js})`);
task('default', ['html', 'clean']);

task('lint', () => after(5, () => { throw new SyntaxError('unexpected token in app.js'); }));
task('test', ['lint']);
task('deploy', ['default', 'test', 'rocket']);
task('a', ['b']);
task('b', ['c']);
task('c', ['a']);
task('release', ['test']);

run('default')
  .then(() => run('release'))
  .catch((err) => console.log(`build failed: ${err.name}: ${err.message}`))
  .then(() => run('a'))
  .catch((err) => console.log(`build failed: ${err.message}`))
  .then(() => { tasks.delete('test'); return run('release'); })
  .catch((err) => console.log(`build failed: ${err.message}`))
  .finally(() => console.log('bye'));
