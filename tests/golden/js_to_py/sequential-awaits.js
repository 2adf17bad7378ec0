const order = await fetchOrder(orderId);
const lines = await fetchLines(orderId);
