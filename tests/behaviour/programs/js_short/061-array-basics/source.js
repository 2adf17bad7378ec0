const products = [
  { name: 'Pen', price: 1.5, qty: 10 },
  { name: 'Book', price: 12.99, qty: 2 },
  { name: 'Bag', price: 45, qty: 0 },
];

console.log(products.map((p) => p.name));
console.log(products.filter((p) => p.qty > 0).length);
console.log(products.reduce((sum, { price, qty }) => sum + price * qty, 0).toFixed(2));
console.log(products.find((p) => p.price > 10));
console.log(products.findIndex((p) => p.name === 'Bag'), products.findLast((p) => p.qty)?.name);
console.log(products.some((p) => p.qty === 0), products.every((p) => p.price > 1));
console.log([1, [2, [3, [4]]]].flat(), [1, [2, [3, [4]]]].flat(Infinity));
console.log([3, 1, 2].includes(2), [1, 2, 3].indexOf(4), [5, 6, 7].at(-1));
