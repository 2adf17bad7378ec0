const machine = {
  initial: 'idle',
  states: {
    idle: { on: { FETCH: 'loading' } },
    loading: { on: { RESOLVE: 'success', REJECT: 'failure' }, entry: ['startSpinner'], exit: ['stopSpinner'] },
    success: { type: 'final' },
    failure: { on: { RETRY: { target: 'loading', cond: (ctx) => ctx.retries < 2 } } },
  },
};

function createMachine(def, actions = {}) {
  let current = def.initial;
  const ctx = { retries: 0, history: [current] };
  const listeners = new Set();

  const runAll = (names = []) => names.forEach((n) => actions[n]?.(ctx));

  return {
    get state() {
      return current;
    },
    get history() {
      return [...ctx.history];
    },
    subscribe(fn) {
      listeners.add(fn);
      return () => listeners.delete(fn);
    },
    send(event) {
      const node = def.states[current];
      let next = node.on?.[event];
      if (next === undefined) return false;
      if (typeof next === 'object') {
        if (next.cond && !next.cond(ctx)) return false;
        next = next.target;
      }
      if (event === 'RETRY') ctx.retries++;
      runAll(node.exit);
      const prev = current;
      current = next;
      ctx.history.push(current);
      runAll(def.states[current].entry);
      for (const l of listeners) l(prev, current, event);
      return true;
    },
    matches: (s) => s === current,
  };
}

const m = createMachine(machine, {
  startSpinner: () => console.log('spinner on'),
  stopSpinner: () => console.log('spinner off'),
});
const unsubscribe = m.subscribe((from, to, ev) => console.log(`${from} --${ev}--> ${to}`));

for (const ev of ['RESOLVE', 'FETCH', 'REJECT', 'RETRY', 'REJECT', 'RETRY', 'REJECT', 'RETRY']) {
  const ok = m.send(ev);
  if (!ok) console.log(`ignored ${ev} in ${m.state}`);
}
unsubscribe();
console.log(m.history.join(' > '));
console.log(m.matches('failure'), m.matches('idle'));
