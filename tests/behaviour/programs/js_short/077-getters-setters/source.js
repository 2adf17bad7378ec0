const temperature = {
  _celsius: 25,
  get fahrenheit() {
    return this._celsius * 9 / 5 + 32;
  },
  set fahrenheit(f) {
    this._celsius = Math.round((f - 32) * 5 / 9);
  },
};

console.log(temperature.fahrenheit);
temperature.fahrenheit = 212;
console.log(temperature._celsius, temperature);

class Person {
  #first; #last;
  constructor(first, last) { this.#first = first; this.#last = last; }
  get full() { return `${this.#first} ${this.#last}`; }
  set full(v) { [this.#first, this.#last] = v.split(' '); }
  static #made = 0;
  static make(...a) { Person.#made++; return new Person(...a); }
  static get made() { return Person.#made; }
}
const p = Person.make('Ada', 'Lovelace');
p.full = 'Grace Hopper';
console.log(p.full, Person.made, Object.keys(p), 'full' in p);
