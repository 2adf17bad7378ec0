const escapeHtml = (s) => String(s).replace(/[&<>"']/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[c]);

function compile(template) {
  const parts = template.split(/(\{\{[^}]+\}\})/);
  const root = { type: 'root', children: [] };
  const stack = [root];
  for (const part of parts) {
    const top = stack[stack.length - 1];
    const m = /^\{\{\s*(#each|#if|\/each|\/if)?\s*([\w.]*)\s*\}\}$/.exec(part);
    if (!m) {
      if (part) top.children.push({ type: 'text', value: part });
      continue;
    }
    const [, tag, name] = m;
    if (!tag) top.children.push({ type: 'var', name });
    else if (tag.startsWith('#')) {
      const node = { type: tag.slice(1), name, children: [] };
      top.children.push(node);
      stack.push(node);
    } else {
      const open = stack.pop();
      if (open.type !== tag.slice(1)) throw new Error(`mismatched ${tag}, open was ${open.type}`);
    }
  }
  if (stack.length > 1) throw new Error(`unclosed ${stack.pop().type}`);
  return (context) => render(root, [context]);
}

function lookup(scopes, path) {
  if (path === 'this') return scopes[scopes.length - 1];
  for (let i = scopes.length - 1; i >= 0; i--) {
    const value = path.split('.').reduce((o, k) => o?.[k], scopes[i]);
    if (value !== undefined) return value;
  }
  return '';
}

function render(node, scopes) {
  switch (node.type) {
    case 'text':
      return node.value;
    case 'var':
      return escapeHtml(lookup(scopes, node.name));
    case 'if':
      return lookup(scopes, node.name) ? node.children.map((c) => render(c, scopes)).join('') : '';
    case 'each':
      return lookup(scopes, node.name).map((item) => node.children.map((c) => render(c, [...scopes, item])).join('')).join('');
    default:
      return node.children.map((c) => render(c, scopes)).join('');
  }
}

const page = compile('<h1>{{title}}</h1>{{#if admin}}<b>admin</b>{{/if}}<ul>{{#each items}}<li>{{name}}: {{price.amount}} {{title}}</li>{{/each}}</ul>');
console.log(page({ title: 'Tom & "Jerry"', admin: true, items: [{ name: 'A', price: { amount: 5 } }, { name: '<B>', price: { amount: 0 } }] }));
console.log(compile('{{#each xs}}{{this}},{{/each}}')({ xs: [1, 2, 3] }));
for (const bad of ['{{#if x}}', '{{#each a}}{{/if}}']) {
  try {
    compile(bad);
  } catch (e) {
    console.log('Error:', e.message);
  }
}
