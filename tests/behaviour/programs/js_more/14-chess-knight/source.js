const FILES = 'abcdefgh';

class Square {
  static from(name) {
    const [file, rank] = name;
    return new Square(FILES.indexOf(file), Number(rank) - 1);
  }
  constructor(x, y) {
    this.x = x;
    this.y = y;
    Object.freeze(this);
  }
  get valid() {
    return this.x >= 0 && this.x < 8 && this.y >= 0 && this.y < 8;
  }
  offset(dx, dy) {
    return new Square(this.x + dx, this.y + dy);
  }
  equals(other) {
    return this.x === other.x && this.y === other.y;
  }
  toString() {
    return `${FILES[this.x]}${this.y + 1}`;
  }
}

class Piece {
  constructor(color) {
    this.color = color;
  }
  get symbol() {
    throw new Error('not implemented');
  }
  *moves(_from, _board) {}
}
class Knight extends Piece {
  get symbol() {
    return this.color === 'white' ? 'N' : 'n';
  }
  *moves(from, board) {
    for (const [dx, dy] of [[1, 2], [2, 1], [2, -1], [1, -2], [-1, -2], [-2, -1], [-2, 1], [-1, 2]]) {
      const to = from.offset(dx, dy);
      if (to.valid && board.at(to)?.color !== this.color) yield to;
    }
  }
}
class Rook extends Piece {
  get symbol() {
    return this.color === 'white' ? 'R' : 'r';
  }
  *moves(from, board) {
    for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
      let to = from.offset(dx, dy);
      while (to.valid) {
        const hit = board.at(to);
        if (hit && hit.color === this.color) break;
        yield to;
        if (hit) break;
        to = to.offset(dx, dy);
      }
    }
  }
}

class Board {
  constructor() {
    this.cells = Array.from({ length: 8 }, () => Array(8).fill(null));
  }
  place(name, piece) {
    const { x, y } = Square.from(name);
    this.cells[y][x] = piece;
    return this;
  }
  at({ x, y }) {
    return this.cells[y][x];
  }
  render() {
    return [...this.cells].reverse().map((row, i) => `${8 - i} ${row.map((p) => p?.symbol ?? '.').join(' ')}`).join('\n');
  }
}

const board = new Board().place('a1', new Rook('white')).place('b3', new Knight('white')).place('a4', new Knight('black'));
console.log(board.render());
const show = (name) => {
  const from = Square.from(name);
  return [...board.at(from).moves(from, board)].map(String).sort().join(' ');
};
console.log(show('b3'));
console.log(show('a1'));

function knightDistance(a, b) {
  const goal = Square.from(b);
  const seen = new Set([a]);
  let frontier = [Square.from(a)];
  for (let steps = 0; frontier.length; steps++) {
    const next = [];
    for (const sq of frontier) {
      if (sq.equals(goal)) return steps;
      for (const to of new Knight('white').moves(sq, { at: () => undefined })) {
        if (!seen.has(`${to}`)) {
          seen.add(`${to}`);
          next.push(to);
        }
      }
    }
    frontier = next;
  }
  return -1;
}
console.log(knightDistance('a1', 'h8'), knightDistance('a1', 'b2'));
