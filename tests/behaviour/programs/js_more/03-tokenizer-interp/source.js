const TOKEN_RE = /\s*(?:(\d+\.?\d*)|([a-zA-Z_]\w*)|(==|!=|<=|>=|[-+*/()<>=;{}]))/y;

function tokenize(src) {
  const tokens = [];
  TOKEN_RE.lastIndex = 0;
  while (TOKEN_RE.lastIndex < src.length) {
    const pos = TOKEN_RE.lastIndex;
    const m = TOKEN_RE.exec(src);
    if (!m) {
      if (src.slice(pos).trim() === '') break;
      throw new SyntaxError(`Unexpected character '${src[pos]}' at ${pos}`);
    }
    if (m[1] !== undefined) tokens.push({ type: 'num', value: parseFloat(m[1]) });
    else if (m[2]) tokens.push({ type: 'id', value: m[2] });
    else tokens.push({ type: 'op', value: m[3] });
  }
  tokens.push({ type: 'eof' });
  return tokens;
}

class Parser {
  constructor(tokens) {
    this.tokens = tokens;
    this.i = 0;
  }
  peek() {
    return this.tokens[this.i];
  }
  next() {
    return this.tokens[this.i++];
  }
  accept(value) {
    if (this.peek().value === value) {
      this.i++;
      return true;
    }
    return false;
  }
  expect(value) {
    if (!this.accept(value)) throw new SyntaxError(`Expected ${value}, got ${this.peek().value ?? 'end'}`);
  }
  program() {
    const body = [];
    while (this.peek().type !== 'eof') body.push(this.statement());
    return { type: 'Program', body };
  }
  statement() {
    if (this.accept('while')) {
      this.expect('(');
      const test = this.expr();
      this.expect(')');
      return { type: 'While', test, body: this.block() };
    }
    if (this.accept('print')) {
      const e = this.expr();
      this.expect(';');
      return { type: 'Print', e };
    }
    const name = this.next().value;
    this.expect('=');
    const value = this.expr();
    this.expect(';');
    return { type: 'Assign', name, value };
  }
  block() {
    this.expect('{');
    const out = [];
    while (!this.accept('}')) out.push(this.statement());
    return out;
  }
  expr() {
    let left = this.sum();
    while (['<', '>', '==', '!=', '<=', '>='].includes(this.peek().value)) {
      const op = this.next().value;
      left = { type: 'Bin', op, left, right: this.sum() };
    }
    return left;
  }
  sum() {
    let left = this.term();
    while (this.peek().value === '+' || this.peek().value === '-') {
      const op = this.next().value;
      left = { type: 'Bin', op, left, right: this.term() };
    }
    return left;
  }
  term() {
    let left = this.atom();
    while (this.peek().value === '*' || this.peek().value === '/') {
      const op = this.next().value;
      left = { type: 'Bin', op, left, right: this.atom() };
    }
    return left;
  }
  atom() {
    const t = this.next();
    if (t.type === 'num') return { type: 'Num', value: t.value };
    if (t.type === 'id') return { type: 'Var', name: t.value };
    if (t.value === '(') {
      const e = this.expr();
      this.expect(')');
      return e;
    }
    throw new SyntaxError(`Unexpected ${t.value ?? t.type}`);
  }
}

const ops = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
  '<=': (a, b) => a <= b,
  '>=': (a, b) => a >= b,
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
};

function evaluate(node, env, out) {
  switch (node.type) {
    case 'Program':
      for (const s of node.body) evaluate(s, env, out);
      return out;
    case 'While':
      while (evaluate(node.test, env, out)) for (const s of node.body) evaluate(s, env, out);
      return;
    case 'Print':
      out.push(evaluate(node.e, env, out));
      return;
    case 'Assign':
      env[node.name] = evaluate(node.value, env, out);
      return;
    case 'Num':
      return node.value;
    case 'Var':
      if (!(node.name in env)) throw new ReferenceError(`${node.name} is not defined`);
      return env[node.name];
    case 'Bin':
      return ops[node.op](evaluate(node.left, env, out), evaluate(node.right, env, out));
    default:
      throw new Error(`Unknown node ${node.type}`);
  }
}

function run(src) {
  try {
    return evaluate(new Parser(tokenize(src)).program(), {}, []);
  } catch (e) {
    return `${e.message}`;
  }
}

console.log(run('x = 1; while (x < 100) { x = x * 3; print x; }'));
console.log(run('a = (1 + 2) * 4 - 6 / 3; print a; print a == 10;'));
console.log(run('print y;'));
console.log(run('x = 3 $ 4;'));
console.log(run('while (1 {'));
