import { EventEmitter, on } from 'node:events';

class ConcurrencyError extends Error {
  name = 'ConcurrencyError';
}

class EventStore extends EventEmitter {
  #streams = new Map();

  async append(streamId, expectedVersion, events) {
    await Promise.resolve(); // pretend to do I/O
    const stream = this.#streams.get(streamId) ?? [];
    if (stream.length !== expectedVersion) {
      throw new ConcurrencyError(`${streamId} is at ${stream.length}, not ${expectedVersion}`);
    }
    const stamped = events.map((e, i) => ({ ...e, streamId, version: expectedVersion + i + 1 }));
    this.#streams.set(streamId, [...stream, ...stamped]);
    for (const e of stamped) this.emit('event', e);
    return stamped.length;
  }

  async read(streamId, from = 0) {
    return (this.#streams.get(streamId) ?? []).slice(from);
  }
}

class Aggregate {
  version = 0;
  changes = [];

  raise(type, data) {
    const event = { type, data };
    this.apply(event);
    this.changes.push(event);
  }
  apply({ type, data }) {
    const handler = this[`on${type}`];
    if (!handler) throw new Error(`${this.constructor.name} cannot apply ${type}`);
    handler.call(this, data);
    this.version++;
  }
  static async load(store, id) {
    const self = new this(id);
    for (const e of await store.read(id)) self.apply(e);
    return self;
  }
  async commit(store) {
    const n = await store.append(this.id, this.version - this.changes.length, this.changes);
    this.changes = [];
    return n;
  }
}

class Cart extends Aggregate {
  lines = {};
  checkedOut = false;
  constructor(id) {
    super();
    this.id = id;
  }
  add(sku, qty = 1) {
    if (this.checkedOut) throw new Error('cart is checked out');
    this.raise('ItemAdded', { sku, qty });
    return this;
  }
  checkout() {
    this.raise('CheckedOut', { items: Object.keys(this.lines).length });
    return this;
  }
  onItemAdded({ sku, qty }) {
    this.lines[sku] = (this.lines[sku] ?? 0) + qty;
  }
  onCheckedOut() {
    this.checkedOut = true;
  }
}

const store = new EventStore();

// projection, fed by the live event feed
const popularity = new Map();
const stop = new AbortController();
const projection = (async () => {
  let handled = 0;
  try {
    for await (const [e] of on(store, 'event', { signal: stop.signal })) {
      handled++;
      if (e.type === 'ItemAdded') popularity.set(e.data.sku, (popularity.get(e.data.sku) ?? 0) + e.data.qty);
      console.log(`  feed: ${e.streamId} v${e.version} ${e.type}`);
    }
  } catch (err) {
    if (err.name !== 'AbortError') throw err;
  }
  return handled;
})();

const c1 = new Cart('cart-1').add('tea', 2).add('mug');
console.log('committed', await c1.commit(store));
const c2 = new Cart('cart-2').add('tea');
await c2.commit(store);

const [mine, theirs] = await Promise.all([Cart.load(store, 'cart-1'), Cart.load(store, 'cart-1')]);
mine.add('spoon').checkout();
theirs.add('sugar');
await mine.commit(store);
await theirs.commit(store).catch((e) => console.log(`${e.name}: ${e.message}`));

const fresh = await Cart.load(store, 'cart-1');
console.log(fresh.version, fresh.lines, fresh.checkedOut);
try {
  fresh.add('more');
} catch (e) {
  console.log('refused:', e.message);
}

await new Promise((r) => setTimeout(r, 10));
stop.abort();
console.log('projected', await projection, 'events');
console.log(popularity);
