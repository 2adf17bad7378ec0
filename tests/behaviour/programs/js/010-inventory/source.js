// Warehouse inventory with lots (FIFO costing), reservations and a report.

class InsufficientStock extends Error {
  constructor(sku, wanted, available) {
    super(`${sku}: wanted ${wanted}, only ${available} available`);
    this.name = 'InsufficientStock';
    Object.assign(this, { sku, wanted, available });
  }
}

class StockItem {
  lots = [];
  reserved = 0;

  constructor(sku, { reorderAt = 0 } = {}) {
    this.sku = sku;
    this.reorderAt = reorderAt;
  }

  get onHand() {
    return this.lots.reduce((n, lot) => n + lot.qty, 0);
  }
  get available() {
    return this.onHand - this.reserved;
  }
  get value() {
    return this.lots.reduce((v, { qty, cost }) => v + qty * cost, 0);
  }

  receive(qty, cost) {
    this.lots.push({ qty, cost });
    return this;
  }

  reserve(qty) {
    if (qty > this.available) throw new InsufficientStock(this.sku, qty, this.available);
    this.reserved += qty;
  }

  // Takes reserved goods out, oldest lot first; returns what they cost us.
  ship(qty) {
    let left = qty;
    let cost = 0;
    while (left > 0) {
      const lot = this.lots[0];
      const take = Math.min(lot.qty, left);
      cost += take * lot.cost;
      lot.qty -= take;
      left -= take;
      if (lot.qty === 0) this.lots.shift();
    }
    this.reserved -= qty;
    return cost;
  }
}

class Warehouse {
  #items = new Map();

  item(sku, opts) {
    if (!this.#items.has(sku)) this.#items.set(sku, new StockItem(sku, opts));
    return this.#items.get(sku);
  }

  fulfil(order) {
    const held = [];
    try {
      for (const { sku, qty } of order.lines) {
        this.item(sku).reserve(qty);
        held.push([sku, qty]);
      }
    } catch (err) {
      held.forEach(([sku, qty]) => (this.item(sku).reserved -= qty));
      return { id: order.id, ok: false, reason: err.message };
    }
    const cogs = order.lines.reduce((sum, { sku, qty }) => sum + this.item(sku).ship(qty), 0);
    return { id: order.id, ok: true, cogs };
  }

  *[Symbol.iterator]() {
    yield* [...this.#items.values()].sort((a, b) => a.sku.localeCompare(b.sku));
  }
}

const w = new Warehouse();
w.item('MUG', { reorderAt: 10 }).receive(10, 2).receive(20, 2.5);
w.item('TEE').receive(5, 7);
w.item('CAP', { reorderAt: 3 }).receive(3, 4);

const orders = [
  { id: 1, lines: [{ sku: 'MUG', qty: 15 }, { sku: 'CAP', qty: 1 }] },
  { id: 2, lines: [{ sku: 'MUG', qty: 5 }, { sku: 'TEE', qty: 6 }] },
  { id: 3, lines: [{ sku: 'MUG', qty: 8 }] },
];
for (const order of orders) console.log(w.fulfil(order));

console.log('SKU   on hand  value');
for (const { sku, onHand, value, reorderAt } of w) {
  const flag = onHand <= reorderAt ? '  <- reorder' : '';
  console.log(`${sku.padEnd(6)}${String(onHand).padStart(7)}${value.toFixed(2).padStart(7)}${flag}`);
}
