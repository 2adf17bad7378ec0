class Node {
  constructor(value, next = null) {
    this.value = value;
    this.next = next;
  }
}

class LinkedList {
  #length = 0;
  head = null;
  static of(...values) {
    const list = new this();
    for (const v of values) list.append(v);
    return list;
  }
  append(value) {
    const node = new Node(value);
    if (!this.head) this.head = node;
    else {
      let cur = this.head;
      while (cur.next) cur = cur.next;
      cur.next = node;
    }
    this.#length += 1;
    return this;
  }
  get length() {
    return this.#length;
  }
  reverse() {
    let prev = null;
    let cur = this.head;
    while (cur) {
      [cur.next, prev, cur] = [prev, cur, cur.next];
    }
    this.head = prev;
    return this;
  }
  removeIf(pred) {
    let removed = 0;
    while (this.head && pred(this.head.value)) {
      this.head = this.head.next;
      removed++;
    }
    for (let cur = this.head; cur && cur.next; ) {
      if (pred(cur.next.value)) {
        cur.next = cur.next.next;
        removed++;
      } else {
        cur = cur.next;
      }
    }
    this.#length -= removed;
    return removed;
  }
  *[Symbol.iterator]() {
    for (let n = this.head; n !== null; n = n.next) yield n.value;
  }
  map(fn) {
    const out = new LinkedList();
    for (const v of this) out.append(fn(v));
    return out;
  }
  toString() {
    return `[${[...this].join(' -> ')}]`;
  }
  hasCycle() {
    let slow = this.head;
    let fast = this.head;
    while (fast && fast.next) {
      slow = slow.next;
      fast = fast.next.next;
      if (slow === fast) return true;
    }
    return false;
  }
}

const list = LinkedList.of(1, 2, 3, 4, 5);
console.log(String(list), list.length);
console.log(`${list.map((x) => x * x).reverse()}`);
console.log(list.removeIf((x) => x % 2 === 1), list.toString(), list.length);
console.log(Math.max(...list), [...list].includes(4));
const [first, ...others] = list;
console.log(first, others);
console.log(list.hasCycle());
list.head.next.next = list.head;
console.log(list.hasCycle());
const empty = new LinkedList();
console.log(empty.head, empty.length, [...empty]);
