'use strict';

// Recursive-descent parser for arithmetic with variables and functions.
class ParseError extends Error {
  constructor(message, pos) {
    super(`${message} at ${pos}`);
    this.pos = pos;
  }
}

const TOKEN = /\s*(?:(\d+(?:\.\d+)?)|([a-z_]\w*)|(\*\*|[-+*\/%(),=]))/iy;

function tokenize(src) {
  const tokens = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < src.trimEnd().length) {
    const start = TOKEN.lastIndex;
    const m = TOKEN.exec(src);
    if (!m) throw new ParseError(`unexpected '${src.slice(start).trim()[0]}'`, start);
    const [, num, name, op] = m;
    if (num !== undefined) tokens.push({ type: 'num', value: Number(num), pos: start });
    else if (name) tokens.push({ type: 'name', value: name, pos: start });
    else tokens.push({ type: 'op', value: op, pos: start });
  }
  tokens.push({ type: 'end', pos: src.length });
  return tokens;
}

const BINARY = {
  '+': [1, (a, b) => a + b],
  '-': [1, (a, b) => a - b],
  '*': [2, (a, b) => a * b],
  '/': [2, (a, b) => a / b],
  '%': [2, (a, b) => a % b],
  '**': [4, (a, b) => a ** b, 'right'],
};

class Calculator {
  constructor() {
    this.vars = { pi: Math.PI };
    this.fns = { max: Math.max, min: Math.min, sqrt: Math.sqrt, round: Math.round, sum: (...xs) => xs.reduce((a, b) => a + b, 0) };
  }

  run(src) {
    this.toks = tokenize(src);
    this.i = 0;
    const [first, second] = this.toks;
    if (first.type === 'name' && second.value === '=') {
      this.i = 2;
      const value = this.#expr(0);
      this.#expectEnd();
      return (this.vars[first.value] = value);
    }
    const value = this.#expr(0);
    this.#expectEnd();
    return value;
  }

  #expectEnd() {
    const t = this.toks[this.i];
    if (t.type !== 'end') throw new ParseError(`unexpected '${t.value}'`, t.pos);
  }

  #expr(minPrec) {
    let left = this.#unary();
    for (;;) {
      const t = this.toks[this.i];
      const entry = t.type === 'op' && BINARY[t.value];
      if (!entry || entry[0] < minPrec) return left;
      this.i++;
      const [prec, fn, assoc] = entry;
      left = fn(left, this.#expr(assoc === 'right' ? prec : prec + 1));
    }
  }

  #unary() {
    const t = this.toks[this.i++];
    switch (true) {
      case t.value === '-': return -this.#expr(3);
      case t.type === 'num': return t.value;
      case t.value === '(': {
        const v = this.#expr(0);
        if (this.toks[this.i++].value !== ')') throw new ParseError("missing ')'", t.pos);
        return v;
      }
      case t.type === 'name': {
        if (this.toks[this.i].value === '(') return this.#call(t);
        if (!(t.value in this.vars)) throw new ReferenceError(`${t.value} is not set`);
        return this.vars[t.value];
      }
      default: throw new ParseError(t.type === 'end' ? 'unexpected end' : `unexpected '${t.value}'`, t.pos);
    }
  }

  #call({ value: name, pos }) {
    const args = [];
    do {
      this.i++;
      args.push(this.#expr(0));
    } while (this.toks[this.i].value === ',');
    if (this.toks[this.i++].value !== ')') throw new ParseError(`unclosed call of ${name}`, pos);
    if (!Object.hasOwn(this.fns, name)) throw new ReferenceError(`no function ${name}`);
    return this.fns[name](...args);
  }
}

const calc = new Calculator();
for (const line of ['1 + 2 * 3', '2 ** 3 ** 2', '-2 ** 2', 'r = 4', 'round(pi * r ** 2)', 'sum(1, max(2, 9), 3) % 5', '(1 + 2', '7 / 0', '3 $ 4', 'x * 2', '1 2', '10 - 4 - 3', 'sqrt(']) {
  try {
    console.log(`${line}  =>  ${calc.run(line)}`);
  } catch (err) {
    console.log(`${line}  =>  ${err.constructor.name}: ${err.message}`);
  }
}
