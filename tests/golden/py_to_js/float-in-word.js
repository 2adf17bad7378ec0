const floatText = (x) => (Number.isInteger(x) ? x.toFixed(1) : String(x));
const total = 2.5 + 0.5;
console.log(
  `${floatText(total)}kg`,
  `${total} kg`,
  `${0.5}s`,
  `v${floatText(total)}`,
);
