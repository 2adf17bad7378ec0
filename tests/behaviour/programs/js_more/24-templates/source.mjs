// Template engine with filters, conditionals and loops
class TemplateError extends Error {
  name = 'TemplateError';
}
const filters = {
  upper: (s) => String(s).toUpperCase(),
  trim: (s) => String(s).trim(),
  default: (s, fallback) => (s === undefined || s === null || s === '' ? fallback : s),
  join: (xs, sep = ', ') => xs.join(sep),
  pad: (s, n) => String(s).padStart(Number(n)),
  money: (n) => `$${Number(n).toFixed(2)}`,
};
const lookup = (ctx, path) => path.split('.').reduce((o, k) => (o == null ? undefined : o[k]), ctx);
function evaluate(expr, ctx) {
  const [head, ...pipes] = expr.split('|').map((s) => s.trim());
  let value = /^(['"]).*\1$/.test(head) ? head.slice(1, -1) : lookup(ctx, head);
  for (const pipe of pipes) {
    const [name, ...args] = pipe.split(':');
    const fn = filters[name];
    if (!fn) throw new TemplateError(`unknown filter "${name}"`);
    value = fn(value, ...args);
  }
  return value;
}
function parse(src) {
  const root = { type: 'root', children: [] };
  const stack = [root];
  const re = /\{\{\s*(.+?)\s*\}\}|\{%\s*(.+?)\s*%\}/g;
  let last = 0;
  for (const m of src.matchAll(re)) {
    const top = () => stack[stack.length - 1];
    if (m.index > last) top().children.push({ type: 'text', value: src.slice(last, m.index) });
    last = m.index + m[0].length;
    if (m[1]) top().children.push({ type: 'expr', value: m[1] });
    else {
      const [word, ...rest] = m[2].split(/\s+/);
      switch (word) {
        case 'if':
          stack.push({ type: 'if', cond: rest.join(' '), children: [] });
          break;
        case 'for': {
          const [name, , list] = rest;
          stack.push({ type: 'for', name, list, children: [] });
          break;
        }
        case 'end': {
          if (stack.length === 1) throw new TemplateError('unexpected end');
          const node = stack.pop();
          top().children.push(node);
          break;
        }
        default:
          throw new TemplateError(`unknown tag ${word}`);
      }
    }
  }
  if (last < src.length) stack.at(-1).children.push({ type: 'text', value: src.slice(last) });
  if (stack.length > 1) throw new TemplateError(`unclosed ${stack.at(-1).type}`);
  return root;
}
function render(node, ctx) {
  switch (node.type) {
    case 'text': return node.value;
    case 'expr': return String(evaluate(node.value, ctx) ?? '');
    case 'if': {
      const negate = node.cond.startsWith('!');
      const value = evaluate(negate ? node.cond.slice(1) : node.cond, ctx);
      const truthy = Array.isArray(value) ? value.length > 0 : Boolean(value);
      return truthy !== negate ? node.children.map((c) => render(c, ctx)).join('') : '';
    }
    case 'for':
      return (lookup(ctx, node.list) ?? [])
        .map((item, index) => node.children.map((c) => render(c, { ...ctx, [node.name]: item, index })).join(''))
        .join('');
    default: return node.children.map((c) => render(c, ctx)).join('');
  }
}
const tpl = (src) => { const ast = parse(src); return (ctx) => render(ast, ctx); };
const invoice = tpl('Hello {{ user.name | trim | upper }}!\n{% for item in items %}{{ index }}. {{ item.name | pad:8 }} {{ item.price | money }}\n{% end %}{% if note %}Note: {{ note }}\n{% end %}{% if !paid %}UNPAID{% end %} {{ user.nick | default:friend }}');
console.log(invoice({ user: { name: ' ann ' }, items: [{ name: 'pen', price: 1.5 }, { name: 'book', price: 12 }], note: 'soon', paid: false }));
console.log(invoice({ user: { name: 'bob', nick: 'b' }, items: [], paid: true }));
for (const bad of ['{{ x | nope }}', '{% if a %}', '{% end %}', '{% loop %}']) {
  try { tpl(bad)({}); } catch (e) { console.log(`${e.name}: ${e.message}`, e instanceof TemplateError); }
}
