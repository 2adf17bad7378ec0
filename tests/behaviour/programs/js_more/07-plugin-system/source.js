const hooks = Symbol('hooks');

class PluginHost {
  constructor() {
    this[hooks] = new Map();
    this.plugins = [];
  }
  hook(name, fn, { order = 0 } = {}) {
    const list = this[hooks].get(name) || [];
    list.push({ fn, order });
    list.sort((a, b) => a.order - b.order);
    this[hooks].set(name, list);
  }
  use(plugin, options) {
    if (this.plugins.includes(plugin.name)) return this;
    for (const dep of plugin.requires ?? []) {
      if (!this.plugins.includes(dep)) throw new Error(`${plugin.name} requires ${dep}`);
    }
    plugin.install(this, { ...plugin.defaults, ...options });
    this.plugins.push(plugin.name);
    return this;
  }
  waterfall(name, value, ...args) {
    return (this[hooks].get(name) ?? []).reduce((acc, { fn }) => fn(acc, ...args), value);
  }
  async call(name, ...args) {
    for (const { fn } of this[hooks].get(name) ?? []) await fn(...args);
  }
}

const upper = {
  name: 'upper',
  install(host) {
    host.hook('render', (s) => s.toUpperCase(), { order: 10 });
  },
};
const wrap = {
  name: 'wrap',
  defaults: { left: '<', right: '>' },
  install(host, { left, right }) {
    host.hook('render', (s, n) => left.repeat(n) + s + right.repeat(n), { order: 5 });
    host.hook('close', async () => console.log('wrap closing'));
  },
};
const audit = {
  name: 'audit',
  requires: ['wrap'],
  install(host) {
    let count = 0;
    host.hook('render', (s) => {
      count++;
      return s;
    });
    host.hook('close', () => console.log(`audit saw ${count} renders`));
  },
};

(async () => {
  const host = new PluginHost();
  try {
    host.use(audit);
  } catch (e) {
    console.log(e.message);
  }
  host.use(upper).use(wrap, { right: ']' }).use(audit).use(upper);
  console.log(host.plugins.join());
  console.log(host.waterfall('render', 'hello', 2));
  console.log(host.waterfall('nothing', 42));
  await host.call('close');
})();
