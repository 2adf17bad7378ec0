// Columns, several keys of order, counters that nobody else sees.
const catches = [
  { boat: "Maud", kilos: 120.5, boxes: 4 },
  { boat: "Ada", kilos: 98, boxes: 12 },
  { boat: "Vera", kilos: 98, boxes: 3 },
];
catches.sort((a, b) => b.kilos - a.kilos || (a.boat < b.boat ? -1 : 1));
for (const { boat, kilos, boxes } of catches) {
  console.log(boat.padEnd(8, ".") + String(boxes).padStart(4) + kilos.toFixed(1).padStart(7));
}
function* tickets() {
  let next = 1;
  while (true) yield next++;
}
function crates(all, size) {
  const made = [];
  for (let i = 0; i < all.length; i += size) made.push(all.slice(i, i + size));
  return made;
}
const desk = tickets();
console.log(crates([1, 2, 3, 4, 5], 2).map((crate) => crate.length).join(" "), desk.next().value);
