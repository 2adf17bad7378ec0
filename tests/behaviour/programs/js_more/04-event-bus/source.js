const { EventEmitter } = require('events');

class OrderService extends EventEmitter {
  constructor() {
    super();
    this.orders = [];
    this.nextId = 1;
  }

  place(customer, items) {
    const total = items.reduce((sum, { price, qty }) => sum + price * qty, 0);
    const order = { id: this.nextId++, customer, items, total, status: 'new' };
    this.orders.push(order);
    this.emit('placed', order);
    return order;
  }

  ship(id) {
    const order = this.orders.find((o) => o.id === id);
    if (!order) {
      this.emit('error', new Error(`No order ${id}`));
      return false;
    }
    order.status = 'shipped';
    this.emit('shipped', order, { carrier: 'UPS' });
    return true;
  }
}

const service = new OrderService();
const log = [];

service.on('placed', ({ id, customer, total }) => log.push(`#${id} ${customer}: $${total.toFixed(2)}`));
service.once('placed', () => log.push('first order!'));
service.on('shipped', (order, { carrier }) => log.push(`#${order.id} via ${carrier}`));
service.on('error', (err) => log.push(`ERROR ${err.message}`));

const items = [
  { sku: 'A1', price: 9.99, qty: 2 },
  { sku: 'B2', price: 5, qty: 1 },
];
service.place('ann', items);
service.place('bob', items.slice(1));
console.log(service.ship(1), service.ship(42));
console.log(log.join('\n'));
console.log(service.listenerCount('placed'));
const off = () => log.push('never');
service.on('x', off);
service.off('x', off);
console.log(service.emit('x'));
const byStatus = service.orders.reduce((acc, o) => {
  (acc[o.status] ||= []).push(o.id);
  return acc;
}, {});
console.log(byStatus);
