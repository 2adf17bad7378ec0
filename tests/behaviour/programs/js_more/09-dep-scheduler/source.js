const tasks = {
  lint: { deps: [], cost: 3 },
  compile: { deps: ['lint'], cost: 10 },
  test: { deps: ['compile'], cost: 7 },
  docs: { deps: [], cost: 4 },
  package: { deps: ['compile', 'docs'], cost: 2 },
  deploy: { deps: ['test', 'package'], cost: 5 },
};

function levels(graph) {
  const indegree = new Map(Object.keys(graph).map((k) => [k, graph[k].deps.length]));
  const dependents = {};
  for (const [name, { deps }] of Object.entries(graph)) {
    for (const d of deps) (dependents[d] = dependents[d] || []).push(name);
  }
  const out = [];
  let ready = [...indegree].filter(([, n]) => n === 0).map(([k]) => k);
  while (ready.length) {
    out.push(ready);
    const next = [];
    for (const name of ready) {
      for (const dep of dependents[name] ?? []) {
        indegree.set(dep, indegree.get(dep) - 1);
        if (indegree.get(dep) === 0) next.push(dep);
      }
    }
    ready = next;
  }
  if (out.flat().length !== Object.keys(graph).length) throw new Error('cycle detected');
  return out;
}

const memo = new Map();
function finish(name) {
  if (memo.has(name)) return memo.get(name);
  const { deps, cost } = tasks[name];
  const start = Math.max(0, ...deps.map(finish));
  memo.set(name, start + cost);
  return start + cost;
}

function criticalPath(target) {
  const path = [target];
  let node = tasks[target];
  while (node.deps.length > 0) {
    const slowest = node.deps.reduce((a, b) => (finish(a) >= finish(b) ? a : b));
    path.unshift(slowest);
    node = tasks[slowest];
  }
  return path;
}

async function execute(graph) {
  const started = {};
  const log = [];
  const run = (name) => {
    started[name] ??= (async () => {
      await Promise.all(graph[name].deps.map(run));
      await new Promise((r) => setTimeout(r, graph[name].cost));
      log.push(name);
    })();
    return started[name];
  };
  await Promise.all(Object.keys(graph).map(run));
  return log;
}

(async function () {
  levels(tasks).forEach((level, i) => console.log(`level ${i}: ${level.join(', ')}`));
  console.log(criticalPath('deploy').join(' -> '), finish('deploy'));
  const log = await execute(tasks);
  console.log(log.indexOf('lint') < log.indexOf('compile'), log.at(-1), log.length);
  try {
    levels({ a: { deps: ['b'] }, b: { deps: ['a'] } });
  } catch (err) {
    console.log(`${err}`);
  }
})();
