const data = {
  id: 1,
  name: 'Test "quoted"',
  when: new Date(Date.UTC(2024, 0, 15, 10, 30)),
  skip: undefined,
  fn() {},
  nested: { list: [1, null, undefined, NaN], ok: true },
};

console.log(JSON.stringify(data));
console.log(JSON.stringify(data.nested, null, 2));
console.log(JSON.stringify(data, ['id', 'name']));
console.log(JSON.stringify(data, (k, v) => (typeof v === 'number' ? v * 2 : v), 1).length);

const parsed = JSON.parse('{"a":[1,2,{"b":"2020-01-01"}]}', (k, v) => (k === 'b' ? v.split('-') : v));
console.log(parsed.a[2].b);

class Money {
  constructor(c) { this.cents = c; }
  toJSON() { return `$${(this.cents / 100).toFixed(2)}`; }
}
console.log(JSON.stringify({ price: new Money(1999) }));
