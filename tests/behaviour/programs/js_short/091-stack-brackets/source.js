const PAIRS = { ')': '(', ']': '[', '}': '{' };

function balanced(str) {
  const stack = [];
  for (const ch of str) {
    if ('([{'.includes(ch)) {
      stack.push(ch);
    } else if (ch in PAIRS && stack.pop() !== PAIRS[ch]) {
      return false;
    }
  }
  return stack.length === 0;
}

for (const s of ['([]{})', '([)]', '((', '', 'f(a[0], {b: 1})']) {
  console.log(JSON.stringify(s), balanced(s));
}

const rpn = (expr) => expr.split(' ').reduce((st, t) => {
  if (!isNaN(t)) return [...st, Number(t)];
  const [b, a] = [st.pop(), st.pop()];
  return [...st, { '+': a + b, '-': a - b, '*': a * b, '/': a / b }[t]];
}, [])[0];
console.log(rpn('3 4 + 2 *'), rpn('10 4 /'));
