// About as much as a lesson shows at once: what starting the program for one function costs.
async function restock(shelf) {
  const [stock, orders] = await Promise.all([countStock(shelf), openOrders(shelf)]);
  const missing = orders.filter((order) => !stock.includes(order.item));
  return { shelf, missing };
}
