function roundTo(value, digits) {
  const scaled = Math.abs(value) * 10 ** digits;
  const isTie =
    scaled % 1 === 0.5 && Number.isInteger(value * 2 ** (digits + 1));
  if (!isTie) return Number(value.toFixed(digits));
  return (Math.sign(value) * 2 * Math.round(scaled / 2)) / 10 ** digits;
}

function roundHalfEven(value) {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

// Sums, counts and texts of what is gone through once.
const orders = [
  ["rope", 3, 1.5],
  ["buoy", 2, 20.25],
];
const total = orders.reduce(
  (total, [, count, price]) => total + count * price,
  0,
);
const many = orders.filter(([, count]) => count > 2).length;
const vowels = [..."harbour"].filter((letter) =>
  "aeiou".includes(letter),
).length;
let low = 0;
const high = orders.length - 1;
while (low < high) {
  low += 1;
}
console.log(roundTo(total, 1), many, vowels, low, high);
console.log(
  orders.map(([, count]) => count).join(" "),
  roundHalfEven(2.5),
  [1, 2, 3],
);
console.log({ a: 1, b: 2 });
