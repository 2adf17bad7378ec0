class LinkedList {
  constructor(...items) {
    this.head = null;
    this.length = 0;
    items.forEach((i) => this.push(i));
  }
  push(value) {
    const node = { value, next: null };
    if (!this.head) this.head = node;
    else {
      let cur = this.head;
      while (cur.next) cur = cur.next;
      cur.next = node;
    }
    return ++this.length;
  }
  reverse() {
    let prev = null;
    for (let cur = this.head; cur; ) [cur.next, prev, cur] = [prev, cur, cur.next];
    this.head = prev;
    return this;
  }
  *[Symbol.iterator]() {
    for (let n = this.head; n; n = n.next) yield n.value;
  }
}
const list = new LinkedList('a', 'b', 'c');
console.log([...list], list.length, [...list.reverse()].join(' -> '));
console.log(list);
