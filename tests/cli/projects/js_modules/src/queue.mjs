export default class Queue {
  constructor(name) {
    this.name = name;
    this.items = [];
  }

  put(item) {
    this.items.push(item);
  }

  size() {
    return this.items.length;
  }
}
