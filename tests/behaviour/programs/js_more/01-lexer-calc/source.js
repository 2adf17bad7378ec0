function* lex(input) {
  let i = 0;
  while (i < input.length) {
    const c = input[i];
    if (/\s/.test(c)) {
      i++;
      continue;
    }
    if (/[0-9.]/.test(c)) {
      let num = '';
      while (i < input.length && /[0-9.]/.test(input[i])) num += input[i++];
      yield { kind: 'number', value: parseFloat(num) };
      continue;
    }
    if (/[a-z]/i.test(c)) {
      let name = '';
      while (i < input.length && /\w/.test(input[i])) name += input[i++];
      yield { kind: 'name', value: name };
      continue;
    }
    if ('+-*/^(),'.includes(c)) {
      yield { kind: 'op', value: c };
      i++;
      continue;
    }
    throw new Error(`bad character ${JSON.stringify(c)} at ${i}`);
  }
}

const PREC = { '+': 1, '-': 1, '*': 2, '/': 2, '^': 3 };
const RIGHT = new Set(['^']);
const FUNCS = { sqrt: Math.sqrt, max: Math.max, abs: Math.abs };

function toRPN(tokens) {
  const out = [];
  const stack = [];
  let prev = null;
  for (const t of tokens) {
    if (t.kind === 'number') out.push(t);
    else if (t.kind === 'name') stack.push({ ...t, args: 1 });
    else if (t.value === ',') {
      while (stack.at(-1).value !== '(') out.push(stack.pop());
      const fn = stack[stack.length - 2];
      if (fn?.kind === 'name') fn.args += 1;
    } else if (t.value === '(') stack.push(t);
    else if (t.value === ')') {
      while (stack.length && stack.at(-1).value !== '(') out.push(stack.pop());
      if (!stack.length) throw new Error('unbalanced )');
      stack.pop();
      if (stack.length && stack.at(-1).kind === 'name') out.push(stack.pop());
    } else {
      if (t.value === '-' && (prev === null || (prev.kind === 'op' && prev.value !== ')'))) {
        out.push({ kind: 'number', value: 0 });
      }
      while (
        stack.length &&
        stack.at(-1).kind === 'op' &&
        stack.at(-1).value !== '(' &&
        (PREC[stack.at(-1).value] > PREC[t.value] ||
          (PREC[stack.at(-1).value] === PREC[t.value] && !RIGHT.has(t.value)))
      ) {
        out.push(stack.pop());
      }
      stack.push(t);
    }
    prev = t;
  }
  while (stack.length) {
    const t = stack.pop();
    if (t.value === '(') throw new Error('unbalanced (');
    out.push(t);
  }
  return out;
}

function evalRPN(rpn) {
  const st = [];
  for (const t of rpn) {
    if (t.kind === 'number') st.push(t.value);
    else if (t.kind === 'name') {
      const args = st.splice(st.length - t.args, t.args);
      if (!(t.value in FUNCS)) throw new Error(`unknown function ${t.value}`);
      st.push(FUNCS[t.value](...args));
    } else {
      const b = st.pop();
      const a = st.pop();
      switch (t.value) {
        case '+': st.push(a + b); break;
        case '-': st.push(a - b); break;
        case '*': st.push(a * b); break;
        case '/':
          if (b === 0) throw new RangeError('division by zero');
          st.push(a / b);
          break;
        case '^': st.push(a ** b); break;
      }
    }
  }
  return st[0];
}

for (const src of ['1 + 2 * 3', '(1 + 2) * 3', '2 ^ 3 ^ 2', 'sqrt(16) + max(1, 7, 3)', '-4 + 10 / 4', '1 / 0', '2 $ 3', '(1', 'foo(2)']) {
  let result;
  try {
    result = evalRPN(toRPN(lex(src)));
  } catch (e) {
    result = `${e.constructor.name}: ${e.message}`;
  }
  console.log(src.padEnd(24), '=', result);
}
