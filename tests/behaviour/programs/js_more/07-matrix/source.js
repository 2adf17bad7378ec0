class Matrix {
  constructor(rows) {
    this.rows = rows;
  }
  static identity(n) {
    return new Matrix(Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => (i === j ? 1 : 0))));
  }
  static zeros(r, c) {
    return new Matrix([...Array(r)].map(() => Array(c).fill(0)));
  }
  get shape() {
    return [this.rows.length, this.rows[0].length];
  }
  multiply(other) {
    const [n, m] = this.shape;
    const [m2, p] = other.shape;
    if (m !== m2) throw new Error(`shape mismatch: ${n}x${m} * ${m2}x${p}`);
    const out = Matrix.zeros(n, p);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < p; j++) {
        let sum = 0;
        for (let k = 0; k < m; k++) sum += this.rows[i][k] * other.rows[k][j];
        out.rows[i][j] = sum;
      }
    }
    return out;
  }
  transpose() {
    return new Matrix(this.rows[0].map((_, j) => this.rows.map((row) => row[j])));
  }
  determinant() {
    const a = this.rows.map((r) => [...r]);
    let det = 1;
    for (let i = 0; i < a.length; i++) {
      let p = i;
      for (let r = i + 1; r < a.length; r++) if (Math.abs(a[r][i]) > Math.abs(a[p][i])) p = r;
      if (a[p][i] === 0) return 0;
      if (p !== i) {
        [a[p], a[i]] = [a[i], a[p]];
        det = -det;
      }
      det *= a[i][i];
      for (let r = i + 1; r < a.length; r++) {
        const f = a[r][i] / a[i][i];
        for (let c = i; c < a.length; c++) a[r][c] -= f * a[i][c];
      }
    }
    return det;
  }
  pow(n) {
    let result = Matrix.identity(this.rows.length);
    let base = this;
    while (n > 0) {
      if (n & 1) result = result.multiply(base);
      base = base.multiply(base);
      n >>= 1;
    }
    return result;
  }
  toString() {
    const width = Math.max(...this.rows.flat().map((v) => String(v).length));
    return this.rows.map((r) => r.map((v) => String(v).padStart(width)).join(' ')).join('\n');
  }
}

const fib = new Matrix([[1, 1], [1, 0]]);
console.log(fib.pow(10).toString());
console.log(String(new Matrix([[1, 2, 3], [4, 5, 6]]).transpose()));
console.log(new Matrix([[2, 1], [5, 3]]).determinant().toFixed(3));
try {
  new Matrix([[1, 2]]).multiply(new Matrix([[1, 2]]));
} catch (e) {
  console.log(e.message);
}
console.log(new Matrix([[1, 2], [3, 4]]).shape);
let grid = ['..#', '.#.', '#..'].map((line) => [...line]);
const rotate = (g) => g[0].map((_, i) => g.map((row) => row[i]).reverse());
grid = rotate(grid);
console.log(grid.map((r) => r.join('')).join('\n'));
