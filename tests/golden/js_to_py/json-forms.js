class Point {
  constructor(x, y) {
    this.x = x;
    this.y = y;
  }
}

class Event {
  #id = 7;
  constructor(eventName, at) {
    this.eventName = eventName;
    this.at = at;
  }
  get id() {
    return this.#id;
  }
}

const note = (text) => ({ text, author: undefined });

console.log(JSON.stringify([new Point(1, 2)]));
console.log(JSON.stringify(new Event('start', new Date(0))));
console.log(JSON.stringify(note('hello')), JSON.stringify({ a: 1, later: undefined, run() {} }));
console.log(JSON.stringify({ user: 'ann', password: 'x' }, (key, value) => (key === 'password' ? '***' : value)));
console.log(JSON.stringify({ a: 1, b: 2, c: 3 }, ['c', 'a'], 2));
console.log(JSON.parse('{"n":"5"}', (key, value) => (key === 'n' ? Number(value) : value)));
