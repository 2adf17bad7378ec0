'use strict';

// Topic bus with wildcards:  *  one segment,  #  the rest.
function createBus() {
  const subs = new Set();

  function matches(pattern, topic) {
    const p = pattern.split('.');
    const t = topic.split('.');
    for (let i = 0; i < p.length; i++) {
      if (p[i] === '#') return true;
      if (t[i] === undefined) return false;
      if (p[i] !== '*' && p[i] !== t[i]) return false;
    }
    return p.length === t.length;
  }

  return {
    subscribe(pattern, handler, { once = false } = {}) {
      const sub = { pattern, handler, once };
      subs.add(sub);
      return () => subs.delete(sub);
    },

    async publish(topic, payload) {
      const targets = [...subs].filter((s) => matches(s.pattern, topic));
      const outcomes = await Promise.allSettled(
        targets.map(async (s) => {
          if (s.once) subs.delete(s);
          return s.handler(payload, topic);
        })
      );
      const failed = outcomes.filter((o) => o.status === 'rejected');
      if (failed.length) {
        throw new AggregateError(failed.map((f) => f.reason), `${failed.length} of ${targets.length} handlers failed`);
      }
      return targets.length;
    },

    get count() {
      return subs.size;
    },
  };
}

const bus = createBus();
const audit = [];

bus.subscribe('#', (_, topic) => void audit.push(topic));
bus.subscribe('order.*', ({ id }, topic) => console.log(`[orders] ${topic} ${id}`));
const offShipping = bus.subscribe('order.shipped.#', async ({ id, carrier }) => {
  await null;
  console.log(`[shipping] ${id} via ${carrier}`);
});
bus.subscribe('user.created', (u) => console.log(`[mail] welcome ${u.name}`), { once: true });
bus.subscribe('stock.low', () => {
  throw new RangeError('no supplier configured');
});
bus.subscribe('stock.*', () => Promise.reject(new Error('pager is offline')));

(async function run() {
  console.log('delivered', await bus.publish('order.placed', { id: 'A-1' }));
  console.log('delivered', await bus.publish('order.shipped.express', { id: 'A-1', carrier: 'DHL' }));
  offShipping();
  console.log('delivered', await bus.publish('order.shipped.express', { id: 'A-2', carrier: 'UPS' }));

  await bus.publish('user.created', { name: 'Mia' });
  await bus.publish('user.created', { name: 'Noah' });

  try {
    await bus.publish('stock.low', { sku: 'X' });
  } catch (err) {
    console.log(err.message);
    for (const e of err.errors) console.log(` - ${e.name}: ${e.message}`);
  }
  console.log('subscribers', bus.count);
  console.log('audit', audit);
})();
