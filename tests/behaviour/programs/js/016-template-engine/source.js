'use strict';

// {{ path | filter }}, {{#each list}}..{{else}}..{{/each}}, {{#if cond}}..{{else}}..{{/if}}

const filters = {
  upper: (s) => String(s).toUpperCase(),
  money: (n) => `$${Number(n).toFixed(2)}`,
  json: (v) => JSON.stringify(v),
  default: (v, alt) => (v === undefined || v === null || v === '' ? alt : v),
};

const escapeHtml = (s) => String(s).replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]);

function lookup(scope, path) {
  if (path === '.') return scope.self;
  let s = scope;
  const [head, ...rest] = path.split('.');
  while (s && !(s.self !== null && typeof s.self === 'object' && head in s.self) && !(head in s.extra)) s = s.parent;
  if (!s) return undefined;
  const base = head in s.extra ? s.extra[head] : s.self[head];
  return rest.reduce((v, key) => v?.[key], base);
}

function parse(src) {
  const root = { type: 'root', body: [] };
  const stack = [{ node: root, into: root.body }];
  let last = 0;
  for (const m of src.matchAll(/\{\{\s*(.*?)\s*\}\}/g)) {
    const top = stack.at(-1);
    if (m.index > last) top.into.push({ type: 'text', text: src.slice(last, m.index) });
    last = m.index + m[0].length;
    const tag = m[1];
    if (tag.startsWith('#')) {
      const [kind, ...expr] = tag.slice(1).split(/\s+/);
      const node = { type: kind, expr: expr.join(' '), body: [], alt: [] };
      top.into.push(node);
      stack.push({ node, into: node.body });
    } else if (tag === 'else') {
      top.into = top.node.alt;
    } else if (tag.startsWith('/')) {
      const { node } = stack.pop();
      if (node.type !== tag.slice(1)) throw new Error(`{{/${tag.slice(1)}}} closes {{#${node.type}}}`);
    } else {
      const [expr, ...pipes] = tag.split('|').map((s) => s.trim());
      top.into.push({ type: 'value', expr, pipes: pipes.map((p) => p.split(/\s+/)) });
    }
  }
  root.body.push({ type: 'text', text: src.slice(last) });
  if (stack.length > 1) throw new Error(`unclosed {{#${stack.at(-1).node.type}}}`);
  return root.body;
}

const renderers = {
  text: (n) => n.text,
  value(n, scope) {
    let v = lookup(scope, n.expr);
    for (const [name, ...args] of n.pipes) {
      if (!filters[name]) throw new Error(`unknown filter ${name}`);
      v = filters[name](v, ...args);
    }
    return escapeHtml(v ?? '');
  },
  if(n, scope) {
    const v = lookup(scope, n.expr);
    const truthy = Array.isArray(v) ? v.length > 0 : Boolean(v);
    return render(truthy ? n.body : n.alt, scope);
  },
  each(n, scope) {
    const list = lookup(scope, n.expr) ?? [];
    if (!list.length) return render(n.alt, scope);
    return list
      .map((self, i) => render(n.body, { self, extra: { index: i + 1, last: i === list.length - 1 }, parent: scope }))
      .join('');
  },
};

function render(nodes, scope) {
  return nodes.map((n) => renderers[n.type](n, scope)).join('');
}
const compile = (src) => {
  const ast = parse(src);
  return (data) => render(ast, { self: data, extra: {}, parent: null });
};

const invoice = compile(
  `Invoice for {{customer.name | upper}}{{#if vip}} (VIP){{/if}}
{{#each lines}}{{index}}. {{name}} x{{qty}} {{price | money}} [{{customer.name}}]{{#if last}}{{else}};{{/if}}
{{else}}nothing ordered
{{/each}}Notes: {{notes | default none}} {{tags | json}}`
);
console.log(invoice({ customer: { name: 'Bo & Co' }, vip: true, lines: [{ name: '<Bolt>', qty: 4, price: 1.5 }, { name: 'Nut', qty: 9, price: 0.3 }], tags: ['a'] }));
console.log(invoice({ customer: { name: 'Zed' }, lines: [], notes: 'call first' }));
console.log(compile('{{#each .}}<{{.}}>{{/each}}')([1, 2, 3]));

for (const bad of ['{{#if x}}', '{{#if x}}{{/each}}']) {
  try {
    compile(bad);
  } catch ({ message }) {
    console.log('error:', message);
  }
}
