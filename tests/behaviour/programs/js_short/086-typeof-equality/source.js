const values = [42, 'str', true, null, undefined, [], {}, () => {}, 10n, NaN];

for (const v of values) {
  console.log(typeof v, Array.isArray(v), Boolean(v));
}

console.log(null == undefined, null === undefined, '1' == 1, [] == false, NaN === NaN);
console.log(Object.is(NaN, NaN), Object.is(0, -0), [NaN].includes(NaN), [NaN].indexOf(NaN));
console.log([] + [], [] + {}, 1 + '2', '3' * '4', true + 1, [1, 2] + [3]);
console.log(typeof undeclared, typeof Symbol('x'), void 0);

const tag = (v) => Object.prototype.toString.call(v).slice(8, -1);
console.log([[], {}, null, new Date(0), /x/, new Map()].map(tag).join(' '));
