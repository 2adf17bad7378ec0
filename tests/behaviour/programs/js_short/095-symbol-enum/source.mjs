const Color = Object.freeze({
  RED: Symbol('red'),
  GREEN: Symbol('green'),
});

const describe = (c) => {
  switch (c) {
    case Color.RED: return 'stop';
    case Color.GREEN: return 'go';
    default: return 'unknown';
  }
};

console.log(describe(Color.RED), describe(Color.GREEN), describe('red'));
console.log(Color.RED.toString(), Color.GREEN.description, Symbol.for('k') === Symbol.for('k'));

const money = {
  amount: 5,
  [Symbol.toPrimitive]: (hint) => (hint === 'string' ? '$5.00' : 5),
};
console.log(`${money}`, money + 1, money > 4, +money);
console.log(Object.keys({ [Symbol('s')]: 1, a: 2 }), Color);
