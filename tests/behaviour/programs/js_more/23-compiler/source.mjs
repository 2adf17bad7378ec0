// Tiny expression compiler + stack VM
const OPS = {
  '+': { prec: 1, fn: (a, b) => a + b },
  '-': { prec: 1, fn: (a, b) => a - b },
  '*': { prec: 2, fn: (a, b) => a * b },
  '/': { prec: 2, fn: (a, b) => { if (b === 0) throw new RangeError('division by zero'); return a / b; } },
  '^': { prec: 3, right: true, fn: (a, b) => a ** b },
};
const FUNCS = { max: Math.max, min: Math.min, sqrt: Math.sqrt, abs: Math.abs, round: Math.round };
function* tokenize(src) {
  const re = /\s*(?:(\d+(?:\.\d+)?)|([a-z_]\w*)|([-+*\/^(),]))/iy;
  let pos = 0;
  while (pos < src.length) {
    re.lastIndex = pos;
    const m = re.exec(src);
    if (!m) {
      if (src.slice(pos).trim() === '') return;
      throw new SyntaxError(`bad character '${src[pos]}' at ${pos}`);
    }
    pos = re.lastIndex;
    const [, num, name, op] = m;
    if (num !== undefined) yield { type: 'num', value: parseFloat(num) };
    else if (name) yield { type: 'name', value: name };
    else yield { type: 'op', value: op };
  }
}
function compile(src) {
  const out = [];
  const stack = [];
  let prev = null;
  for (const tok of tokenize(src)) {
    if (tok.type === 'num') out.push({ op: 'push', value: tok.value });
    else if (tok.type === 'name') {
      if (tok.value in FUNCS) stack.push({ ...tok, argc: 1 });
      else out.push({ op: 'load', name: tok.value });
    } else if (tok.value === '(') stack.push(tok);
    else if (tok.value === ',') {
      while (stack.length && stack.at(-1).value !== '(') out.push({ op: 'bin', value: stack.pop().value });
      const fn = stack.at(-2);
      if (fn?.type === 'name') fn.argc++;
    } else if (tok.value === ')') {
      while (stack.length && stack[stack.length - 1].value !== '(') out.push({ op: 'bin', value: stack.pop().value });
      if (!stack.length) throw new SyntaxError('unbalanced )');
      stack.pop();
      if (stack.length && stack.at(-1).type === 'name') {
        const { value, argc } = stack.pop();
        out.push({ op: 'call', name: value, argc });
      }
    } else {
      const { prec, right = false } = OPS[tok.value];
      while (stack.length) {
        const top = OPS[stack.at(-1).value];
        if (!top || top.prec < prec || (top.prec === prec && right)) break;
        out.push({ op: 'bin', value: stack.pop().value });
      }
      stack.push(tok);
    }
    prev = tok;
  }
  while (stack.length) {
    const { value } = stack.pop();
    if (value === '(') throw new SyntaxError('unbalanced (');
    out.push({ op: 'bin', value });
  }
  return out;
}
function run(program, env = {}) {
  const stack = [];
  for (const ins of program) {
    switch (ins.op) {
      case 'push': stack.push(ins.value); break;
      case 'load': {
        if (!(ins.name in env)) throw new ReferenceError(`${ins.name} is not defined`);
        stack.push(env[ins.name]);
        break;
      }
      case 'bin': {
        const b = stack.pop(), a = stack.pop();
        stack.push(OPS[ins.value].fn(a, b));
        break;
      }
      case 'call': {
        const args = stack.splice(stack.length - ins.argc, ins.argc);
        stack.push(FUNCS[ins.name](...args));
        break;
      }
      default: throw new Error(`unknown op ${ins.op}`);
    }
  }
  return stack[0];
}
for (const src of ['1 + 2 * 3', '(1 + 2) * 3', '2 ^ 3 ^ 2', 'max(1, x, 3) - y / 4', 'sqrt(16) + abs(0 - 5)', '8 / (4 - 4)', '2 * (3', '4 $ 4', 'z + 1', 'round(2.5) + min(9, 2)']) {
  try {
    const prog = compile(src);
    console.log(`${src} = ${run(prog, { x: 10, y: 6 })} (${prog.length} ops)`);
  } catch (e) {
    console.log(`${src} -> ${e.name}: ${e.message}`);
  }
}
