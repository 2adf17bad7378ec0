// Async state machine + order book matching + money as integers
const Side = { BUY: 'buy', SELL: 'sell' };
class OrderBook {
  #bids = []; #asks = []; #seq = 0; trades = [];
  add({ side, price, qty, owner }) {
    const order = { id: ++this.#seq, side, price, qty, owner };
    const [own, other] = side === Side.BUY ? [this.#bids, this.#asks] : [this.#asks, this.#bids];
    const crosses = (o) => (side === Side.BUY ? o.price <= price : o.price >= price);
    while (order.qty > 0 && other.length && crosses(other[0])) {
      const best = other[0];
      const qty = Math.min(order.qty, best.qty);
      this.trades.push({ price: best.price, qty, buyer: side === Side.BUY ? owner : best.owner, seller: side === Side.BUY ? best.owner : owner });
      order.qty -= qty;
      best.qty -= qty;
      if (best.qty === 0) other.shift();
    }
    if (order.qty > 0) {
      own.push(order);
      own.sort((a, b) => (side === Side.BUY ? b.price - a.price : a.price - b.price) || a.id - b.id);
    }
    return order;
  }
  cancel(id) {
    for (const list of [this.#bids, this.#asks]) {
      const i = list.findIndex((o) => o.id === id);
      if (i >= 0) return list.splice(i, 1)[0];
    }
    return null;
  }
  depth(n = 3) {
    const level = (list) => {
      const byPrice = new Map();
      for (const { price, qty } of list) byPrice.set(price, (byPrice.get(price) ?? 0) + qty);
      return [...byPrice].slice(0, n).map(([p, q]) => `${(p / 100).toFixed(2)}x${q}`);
    };
    return { bids: level(this.#bids), asks: level(this.#asks) };
  }
}
const book = new OrderBook();
book.add({ side: Side.SELL, price: 1010, qty: 5, owner: 'ann' });
book.add({ side: Side.SELL, price: 1005, qty: 3, owner: 'bob' });
const resting = book.add({ side: Side.BUY, price: 1000, qty: 4, owner: 'cat' });
book.add({ side: Side.BUY, price: 1007, qty: 5, owner: 'dan' });
book.add({ side: Side.SELL, price: 999, qty: 3, owner: 'eve' });
console.log(book.trades.map((t) => `${t.buyer}<-${t.seller} ${t.qty}@${(t.price / 100).toFixed(2)}`).join(' | '));
console.log(book.depth());
console.log(book.cancel(resting.id)?.qty, book.cancel(99), book.depth(1).bids);
const total = book.trades.reduce((s, { price, qty }) => s + price * qty, 0);
console.log(total, `${Math.trunc(total / 100)}.${String(total % 100).padStart(2, '0')}`);
const machine = {
  initial: 'idle',
  states: {
    idle: { on: { FETCH: 'loading' } },
    loading: { entry: (ctx) => { ctx.tries++; }, on: { OK: { target: 'done', action: (ctx, e) => { ctx.data = e.data; } }, FAIL: [{ target: 'loading', guard: (ctx) => ctx.tries < 3 }, { target: 'failed' }] } },
    done: { final: true },
    failed: { on: { RETRY: 'loading' } },
  },
};
function interpret({ initial, states }, ctx) {
  let state = initial;
  const trail = [state];
  return {
    send(event) {
      const e = typeof event === 'string' ? { type: event } : event;
      let next = states[state].on?.[e.type];
      if (Array.isArray(next)) next = next.find((t) => !t.guard || t.guard(ctx, e));
      if (!next) return false;
      const { target, action } = typeof next === 'string' ? { target: next } : next;
      action?.(ctx, e);
      state = target;
      states[state].entry?.(ctx, e);
      trail.push(state);
      return true;
    },
    get state() { return state; },
    get done() { return Boolean(states[state].final); },
    trail,
  };
}
const ctx = { tries: 0, data: null };
const svc = interpret(machine, ctx);
console.log(svc.send('OK'), svc.send('FETCH'), svc.send('FAIL'), svc.send('FAIL'), svc.send('FAIL'), svc.state);
svc.send('RETRY');
svc.send({ type: 'OK', data: [1, 2] });
console.log(svc.trail.join('>'), svc.done, ctx);
