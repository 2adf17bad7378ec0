function getUser(id, cb) {
  setTimeout(() => cb(null, { id, name: 'Kim' }), 5);
}
function getOrders(user, cb) {
  setTimeout(() => cb(null, [{ id: 1, total: 20 }, { id: 2, total: 35.5 }]), 5);
}
function getTotal(orders, cb) {
  if (!orders.length) return cb(new Error('no orders'));
  setTimeout(() => cb(null, orders.reduce((s, o) => s + o.total, 0)), 5);
}

getUser(1, (err, user) => {
  if (err) return console.error(err);
  getOrders(user, (err, orders) => {
    if (err) return console.error(err);
    getTotal(orders, (err, total) => {
      console.log(`${user.name} spent $${total.toFixed(2)}`);
      getTotal([], (err) => console.log(err.message));
    });
  });
});
