const n = 1234567.891;

console.log(n.toFixed(1), n.toFixed(0), (0.1 + 0.2).toFixed(2), 0.1 + 0.2);
console.log(n.toLocaleString('en-US'));
console.log(new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' }).format(n));
console.log((0.256).toLocaleString('en-US', { style: 'percent', minimumFractionDigits: 1 }));
console.log((255).toString(16), (255).toString(2), parseInt('ff', 16), parseInt('42px'));
console.log(n.toPrecision(3), n.toExponential(2), 1e21, 1e-7);
console.log(Number(''), Number('12abc'), Number('0x1f'), +true, parseFloat('3.14.15'));
console.log(Number.MAX_SAFE_INTEGER, Number.EPSILON > 0, 5 / 0, -5 % 3, 2 ** 10);
console.log(Math.round(2.5), Math.round(-2.5), Math.trunc(-4.7), Math.sign(-3), -0);

function addCommas(x) {
  return String(x).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}
console.log(addCommas(9876543210));
