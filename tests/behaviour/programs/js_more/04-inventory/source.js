class Item {
  constructor({ sku, name, price, quantity = 0, tags = [] }) {
    this.sku = sku;
    this.name = name;
    this.price = price;
    this.quantity = quantity;
    this.tags = new Set(tags);
  }
  get value() {
    return this.price * this.quantity;
  }
  matches(term) {
    const t = term.toLowerCase();
    return this.name.toLowerCase().includes(t) || [...this.tags].some((tag) => tag === t);
  }
}

class Inventory {
  #items = new Map();
  static fromJSON(json) {
    const inv = new Inventory();
    JSON.parse(json).forEach((raw) => inv.add(raw));
    return inv;
  }
  add(raw) {
    const existing = this.#items.get(raw.sku);
    if (existing) {
      existing.quantity += raw.quantity ?? 1;
    } else {
      this.#items.set(raw.sku, new Item(raw));
    }
    return this;
  }
  remove(sku, n) {
    const item = this.#items.get(sku);
    if (!item) throw new Error(`Unknown SKU: ${sku}`);
    if (item.quantity < n) throw new RangeError(`Only ${item.quantity} of ${item.name} left`);
    item.quantity -= n;
    if (item.quantity === 0) this.#items.delete(sku);
  }
  search(term) {
    return [...this.#items.values()].filter((i) => i.matches(term)).map((i) => i.name);
  }
  get total() {
    let sum = 0;
    for (const item of this.#items.values()) sum += item.value;
    return sum;
  }
  groupByTag() {
    const groups = {};
    for (const { name, tags } of this.#items.values()) {
      for (const tag of tags) {
        groups[tag] ??= [];
        groups[tag].push(name);
      }
    }
    return groups;
  }
  *lowStock(limit) {
    for (const [sku, item] of this.#items) {
      if (item.quantity <= limit) yield { sku, left: item.quantity };
    }
  }
}

const inv = Inventory.fromJSON('[{"sku":"a","name":"Apple","price":0.5,"quantity":10,"tags":["fruit","red"]},{"sku":"b","name":"Beet","price":0.75,"quantity":2,"tags":["veg","red"]}]');
inv.add({ sku: 'a', quantity: 5 }).add({ sku: 'c', name: 'Carrot', price: 0.2, quantity: 30, tags: ['veg'] });
console.log(inv.total.toFixed(2));
console.log(inv.search('red'), inv.search('carr'));
console.log(inv.groupByTag());
console.log([...inv.lowStock(2)]);
for (const [sku, n] of [['b', 2], ['b', 1], ['a', 99]]) {
  try {
    inv.remove(sku, n);
    console.log(`removed ${n} of ${sku}`);
  } catch (e) {
    console.log(e instanceof RangeError ? 'range' : 'error', e.message);
  }
}
