class Topic {
  constructor(name) {
    this.name = name;
    this.subscribers = new Map();
    this.nextId = 0;
  }
  subscribe(handler, { filter = () => true, once = false } = {}) {
    const id = this.nextId++;
    this.subscribers.set(id, { handler, filter, once });
    return { id, unsubscribe: () => this.subscribers.delete(id) };
  }
  async publish(message) {
    let delivered = 0;
    for (const [id, sub] of [...this.subscribers]) {
      if (!sub.filter(message)) continue;
      if (sub.once) this.subscribers.delete(id);
      await sub.handler(message);
      delivered++;
    }
    return delivered;
  }
}

class Broker {
  topics = Object.create(null);
  topic(name) {
    return (this.topics[name] ??= new Topic(name));
  }
  match(pattern) {
    const re = new RegExp('^' + pattern.split('.').map((p) => (p === '*' ? '[^.]+' : p)).join('\\.') + '$');
    return Object.keys(this.topics).filter((name) => re.test(name));
  }
}

async function main() {
  const broker = new Broker();
  const seen = [];
  const big = broker.topic('orders.created').subscribe((m) => seen.push(`big:${m.id}`), { filter: (m) => m.total > 50 });
  broker.topic('orders.created').subscribe((m) => { seen.push(`once:${m.id}`); }, { once: true });
  broker.topic('orders.paid').subscribe(async ({ id, method = 'card' }) => {
    await null;
    seen.push(`paid:${id}:${method}`);
  });
  broker.topic('users.created');
  console.log(await broker.topic('orders.created').publish({ id: 1, total: 20 }));
  console.log(await broker.topic('orders.created').publish({ id: 2, total: 80 }));
  console.log(big.unsubscribe(), big.unsubscribe());
  console.log(await broker.topic('orders.created').publish({ id: 3, total: 99 }));
  await broker.topic('orders.paid').publish({ id: 2 });
  console.log(seen);
  console.log(broker.match('orders.*'), broker.match('*.created'));
}
main();
