const EventEmitter = require('events');

class Order extends EventEmitter {
  constructor(id) {
    super();
    this.id = id;
  }
  ship() {
    this.emit('shipped', this.id, { carrier: 'UPS' });
    return this;
  }
}

const order = new Order(99);
order.on('shipped', function (id, info) {
  console.log('listener 1', id, info, this === order);
});
order.once('shipped', (id) => console.log('listener 2 (once)', id));
order.prependListener('shipped', () => console.log('first!'));

order.ship().ship();
console.log(order.listenerCount('shipped'));
console.log(order.emit('unknown'));
try {
  order.emit('error', new Error('lost parcel'));
} catch (e) {
  console.log('unhandled:', e.message);
}
