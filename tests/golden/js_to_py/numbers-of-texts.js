// Settings out of texts: what is no number becomes a default or is reported.
const port = parseInt(process.env.SERVICE_PORT, 10) || 3000;

function quantity(text) {
  const n = Number(text);
  if (Number.isNaN(n)) return 'not a number';
  if (!Number.isInteger(n)) return `${n} is not whole`;
  return n;
}

const [, width, height] = '12x4'.match(/(\d+)x(\d+)/);
console.log(port, quantity('7'), quantity('7.5'), quantity('seven'));
console.log(Number(width) * Number(height), '1,2,x'.split(',').map(Number));
console.log((1234.5678).toPrecision(3), Object.is(port, NaN));
