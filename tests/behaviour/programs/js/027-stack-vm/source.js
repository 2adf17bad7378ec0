'use strict';

// Assembler + stack machine.

const OPS = {
  push: (vm, arg) => vm.stack.push(arg),
  pop: (vm) => vm.pop(),
  dup: (vm) => vm.stack.push(vm.peek()),
  swap: (vm) => {
    const b = vm.pop(), a = vm.pop();
    vm.stack.push(b, a);
  },
  load: (vm, name) => vm.stack.push(vm.vars.get(name) ?? 0),
  store: (vm, name) => vm.vars.set(name, vm.pop()),
  jmp: (vm, to) => { vm.pc = to; },
  jz: (vm, to) => { if (vm.pop() === 0) vm.pc = to; },
  call: (vm, to) => { vm.frames.push(vm.pc); vm.pc = to; },
  ret: (vm) => { vm.pc = vm.frames.pop() ?? Infinity; },
  print: (vm) => vm.output.push(vm.pop()),
  halt: (vm) => { vm.pc = Infinity; },
};

for (const [name, fn] of Object.entries({
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => {
    if (b === 0) throw new Error('division by zero');
    return Math.trunc(a / b);
  },
  mod: (a, b) => a % b,
  lt: (a, b) => +(a < b),
  eq: (a, b) => Number(a === b),
})) {
  OPS[name] = (vm) => {
    const b = vm.pop();
    const a = vm.pop();
    vm.stack.push(fn(a, b));
  };
}

function assemble(source) {
  const labels = {};
  const code = [];
  source.split('\n').forEach((raw, n) => {
    const line = raw.replace(/;.*/, '').trim();
    if (!line) return;
    if (line.endsWith(':')) {
      labels[line.slice(0, -1)] = code.length;
      return;
    }
    const [op, arg] = line.split(/\s+/);
    if (!(op in OPS)) throw new SyntaxError(`line ${n + 1}: unknown op ${op}`);
    code.push({ op, arg, line: n + 1 });
  });
  for (const ins of code) {
    if (['jmp', 'jz', 'call'].includes(ins.op)) {
      if (labels[ins.arg] === undefined) throw new SyntaxError(`line ${ins.line}: no label ${ins.arg}`);
      ins.arg = labels[ins.arg];
    } else if (/^-?\d+$/.test(ins.arg)) {
      ins.arg = parseInt(ins.arg, 10);
    }
  }
  return code;
}

class VM {
  constructor(code, { maxSteps = 2000 } = {}) {
    Object.assign(this, { code, maxSteps, pc: 0, stack: [], frames: [], vars: new Map(), output: [], steps: 0 });
  }
  pop() {
    if (!this.stack.length) throw new Error('stack underflow');
    return this.stack.pop();
  }
  peek() {
    return this.stack[this.stack.length - 1];
  }
  run() {
    while (this.pc < this.code.length) {
      if (++this.steps > this.maxSteps) throw new Error(`more than ${this.maxSteps} steps`);
      const { op, arg, line } = this.code[this.pc++];
      try {
        OPS[op](this, arg);
      } catch (err) {
        throw new Error(`${err.message} (line ${line}, ${op})`, { cause: err });
      }
    }
    return this;
  }
}

const programs = {
  factorial: `push 5\ncall fact\nprint\nhalt\nfact:  ; n -- n!\ndup\njz one\ndup\npush 1\nsub\ncall fact\nmul\nret\none:\npop\npush 1\nret`,
  squares: `loop:\nload i\npush 6\nlt\njz end\nload i\ndup\nmul\nprint\nload i\npush 1\nadd\nstore i\njmp loop\nend:`,
  gcd: `push 84\nstore a\npush 36\nstore b\ntop:\nload b\njz out\nload b\nload a\nload b\nmod\nstore b\nstore a\njmp top\nout:\nload a\nprint`,
  crash: 'push 1\npush 0\ndiv',
  underflow: 'push 1\nadd',
  forever: 'x:\njmp x',
  typo: 'push 1\nprnt',
  lost: 'jmp nowhere',
};

for (const [name, src] of Object.entries(programs)) {
  try {
    const vm = new VM(assemble(src)).run();
    console.log(`${name}: ${vm.output.join(' ')} (${vm.steps} steps, vars ${JSON.stringify(Object.fromEntries(vm.vars))})`);
  } catch (e) {
    console.log(`${name}: ${e.name} ${e.message}`);
  }
}
