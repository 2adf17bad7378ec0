export class User {
  constructor(name, age) {
    this.name = name;
    this.age = age;
  }
}

export function describe(user) {
  return `${user.name} is ${user.age}`;
}
