class Shape {
  constructor(name) {
    if (new.target === Shape) throw new TypeError('Shape is abstract');
    this.name = name;
  }
  area() {
    throw new Error(`${this.constructor.name} must implement area`);
  }
  describe() {
    return `${this.name}: area=${this.area().toFixed(2)}`;
  }
  static compare(a, b) {
    return a.area() - b.area();
  }
}
class Circle extends Shape {
  constructor(r) {
    super('circle');
    this.r = r;
  }
  area() {
    return Math.PI * this.r ** 2;
  }
}
class Rect extends Shape {
  constructor(w, h, name = 'rect') {
    super(name);
    Object.assign(this, { w, h });
  }
  area() {
    return this.w * this.h;
  }
}
class Square extends Rect {
  constructor(side) {
    super(side, side, 'square');
  }
  describe() {
    return super.describe() + ' (square)';
  }
}
class Blob extends Shape {
  constructor() {
    super('blob');
  }
}
const Scalable = (Base) =>
  class extends Base {
    scale(k) {
      for (const key of Object.keys(this)) {
        if (typeof this[key] === 'number') this[key] *= k;
      }
      return this;
    }
  };
class BigRect extends Scalable(Rect) {}

const shapes = [new Square(3), new Circle(1.5), new Rect(2, 5), new BigRect(1, 2).scale(3)];
shapes.sort(Shape.compare);
for (const s of shapes) console.log(s.describe(), s instanceof Rect);
for (const make of [() => new Shape('x'), () => new Blob().describe()]) {
  try {
    console.log(make());
  } catch (e) {
    console.log(e.name, e.message);
  }
}
const total = shapes.map((s) => s.area()).reduce((a, b) => a + b, 0);
console.log(`total ${Math.round(total)}`);
console.log(shapes.map((s) => s.constructor.name));
const byName = Object.groupBy ? Object.groupBy(shapes, (s) => (s.area() > 10 ? 'big' : 'small')) : {};
console.log(Object.fromEntries(Object.entries(byName).map(([k, v]) => [k, v.length])));
