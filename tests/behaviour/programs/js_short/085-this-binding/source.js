'use strict';

const obj = {
  name: 'obj',
  regular() { return this?.name; },
  arrow: () => typeof this,
  nested() {
    return [1, 2].map((n) => `${this.name}${n}`);
  },
};

const { regular } = obj;
console.log(obj.regular(), regular(), obj.arrow(), obj.nested());

function intro(greeting, mark) {
  return `${greeting}, ${this.who}${mark}`;
}
console.log(intro.call({ who: 'call' }, 'Hi', '!'));
console.log(intro.apply({ who: 'apply' }, ['Hey', '?']));
const bound = intro.bind({ who: 'bind' }, 'Yo');
console.log(bound('.'), bound.call({ who: 'other' }, '~'), bound.name, bound.length);
