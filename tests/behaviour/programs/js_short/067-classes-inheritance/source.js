class Shape {
  static count = 0;
  constructor(name) {
    this.name = name;
    Shape.count++;
  }
  area() { return 0; }
  toString() { return `${this.name} with area ${this.area().toFixed(2)}`; }
}

class Circle extends Shape {
  constructor(r) { super('Circle'); this.r = r; }
  area() { return Math.PI * this.r ** 2; }
}

class Square extends Shape {
  constructor(side) { super('Square'); this.side = side; }
  area() { return this.side * this.side; }
  toString() { return super.toString() + ` (side ${this.side})`; }
}

const shapes = [new Circle(1.5), new Square(4), new Shape('Blob')];
shapes.forEach((s) => console.log(`${s}`));
console.log(Shape.count, shapes[1] instanceof Shape, shapes[0].constructor.name);
console.log(shapes[1]);
