function Animal(name) {
  if (!new.target) return new Animal(name);
  this.name = name;
}
Animal.prototype.speak = function () {
  return this.name + ' makes a noise';
};

function Dog(name) {
  Animal.call(this, name);
}
Dog.prototype = Object.create(Animal.prototype);
Dog.prototype.constructor = Dog;
Dog.prototype.speak = function () {
  return Animal.prototype.speak.call(this) + ': woof';
};

var rex = new Dog('Rex');
console.log(rex.speak());
console.log(Animal('Cat').speak());
console.log(rex instanceof Animal, Object.getPrototypeOf(rex) === Dog.prototype);
console.log(rex.hasOwnProperty('name'), rex.hasOwnProperty('speak'));
for (var key in rex) console.log('key:', key);
