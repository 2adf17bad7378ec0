'use strict';

// Geometry with an abstract base class, mixins, statics and symbols.

class Shape {
  static #registry = new Map();
  static count = 0;

  static register(cls) {
    Shape.#registry.set(cls.name.toLowerCase(), cls);
    return cls;
  }
  static create(spec) {
    const [kind, ...nums] = spec.split(' ');
    const Cls = Shape.#registry.get(kind);
    if (!Cls) throw new TypeError(`no shape called ${kind}`);
    return new Cls(...nums.map(Number));
  }

  constructor() {
    if (new.target === Shape) throw new TypeError('Shape is abstract');
    Shape.count++;
  }
  get area() {
    throw new Error(`${this.constructor.name} must implement area`);
  }
  describe() {
    return `${this.constructor.name} of area ${this.area.toFixed(2)}`;
  }
  [Symbol.toPrimitive](hint) {
    return hint === 'number' ? this.area : this.describe();
  }
  get [Symbol.toStringTag]() { return this.constructor.name; }
}

const Movable = (Base) => class extends Base {
  x = 0;
  y = 0;
  moveBy(dx, dy) {
    this.x += dx;
    this.y += dy;
    return this;
  }
  describe() {
    return `${super.describe()} at (${this.x}, ${this.y})`;
  }
};

const Labelled = (Base) => class extends Base {
  #label = null;
  set label(text) {
    if (!text.trim()) throw new RangeError('empty label');
    this.#label = text.trim();
  }
  get label() {
    return this.#label ?? `unnamed ${this.constructor.name}`;
  }
};

class Circle extends Movable(Shape) {
  constructor(r) {
    super();
    this.r = r;
  }
  get area() { return Math.PI * this.r ** 2; }
}

class Rect extends Labelled(Movable(Shape)) {
  constructor(w, h) {
    super();
    Object.assign(this, { w, h });
  }
  get area() { return this.w * this.h; }
  static unit() { return new this(1, 1); }
}

class Square extends Rect {
  constructor(side) {
    super(side, side);
  }
  describe() {
    return super.describe().replace('Square', `${this.w}-Square`);
  }
}

class Blob extends Shape {}

[Circle, Rect, Square, Blob].forEach(Shape.register);

const shapes = ['circle 2', 'rect 3 4', 'square 5'].map(Shape.create);
shapes[1].moveBy(1, 2).moveBy(-4, 0).label = '  door ';
for (const s of shapes) console.log(`${s}`);

console.log(shapes.map((s) => s.label));
console.log('total', Math.round(shapes.reduce((sum, s) => sum + +s, 0)));
console.log('biggest:', shapes.reduce((a, b) => (a > b ? a : b)).constructor.name);
console.log(Object.prototype.toString.call(shapes[2]));
console.log(shapes[2] instanceof Rect, shapes[2] instanceof Shape, Square.unit() instanceof Square);
console.log('made so far:', Shape.count);

const attempts = [
  () => new Shape(),
  () => Shape.create('hexagon 3'),
  () => new Blob().describe(),
  () => (new Rect(1, 1).label = ' '),
  () => Circle(3),
];
for (const fn of attempts) {
  try {
    fn();
  } catch (e) {
    console.log(`${e.name}: ${e.message}`);
  }
}

const chain = [];
for (let p = Square; p && p !== Function.prototype; p = Object.getPrototypeOf(p)) chain.push(p.name || '(mixin)');
console.log(chain.join(' < '));
