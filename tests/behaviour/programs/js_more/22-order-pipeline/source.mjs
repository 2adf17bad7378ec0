// Order pipeline with validation, pricing and notification steps
class ValidationError extends Error {
  constructor(message, { field, cause } = {}) {
    super(message, { cause });
    this.name = 'ValidationError';
    this.field = field;
  }
}
const delay = (ms, value) => new Promise((resolve) => setTimeout(resolve, ms, value));
const TAX = { DE: 0.19, FR: 0.2, default: 0.1 };

async function* readOrders() {
  const rows = [
    { id: 'o-1', country: 'DE', items: [{ sku: 'A', qty: 2, price: 9.99 }, { sku: 'B', qty: 1, price: 20 }] },
    { id: 'o-2', country: 'US', items: [{ sku: 'C', qty: 5, price: 3.5 }], coupon: { code: 'TEN', percent: 10 } },
    { id: 'o-3', country: 'FR', items: [] },
    { id: 'o-4', country: 'DE', items: [{ sku: 'D', qty: -1, price: 4 }] },
  ];
  for (const row of rows) {
    await delay(2);
    yield row;
  }
}

function validate({ id, items = [], ...rest }) {
  if (!items.length) throw new ValidationError(`order ${id} is empty`, { field: 'items' });
  const bad = items.find(({ qty }) => qty <= 0);
  if (bad) throw new ValidationError(`bad quantity ${bad.qty} for ${bad.sku}`, { field: 'qty' });
  return { id, items, ...rest };
}

function price(order) {
  const net = order.items.reduce((sum, { qty, price }) => sum + qty * price, 0);
  const discount = order.coupon?.percent ? net * (order.coupon.percent / 100) : 0;
  const rate = TAX[order.country] ?? TAX.default;
  const gross = (net - discount) * (1 + rate);
  return { ...order, net, discount, gross: Math.round(gross * 100) / 100 };
}

async function notify(order) {
  await delay(3);
  return `${order.id}: ${order.gross.toFixed(2)}`;
}

const stats = { ok: 0, failed: 0, byField: {} };
const pending = [];
for await (const raw of readOrders()) {
  try {
    const order = price(validate(raw));
    pending.push(notify(order));
    stats.ok += 1;
  } catch (err) {
    if (!(err instanceof ValidationError)) throw err;
    stats.failed += 1;
    stats.byField[err.field] = (stats.byField[err.field] ?? 0) + 1;
    console.log(`${err.name} [${err.field}]: ${err.message}`);
  }
}
const lines = await Promise.all(pending);
lines.forEach((line, i) => console.log(`${i + 1}. ${line}`));
console.log(stats);
try {
  try {
    JSON.parse('{bad');
  } catch (cause) {
    throw new ValidationError('config unreadable', { cause });
  }
} catch (e) {
  console.log(e.message, e.cause instanceof SyntaxError, e.field === undefined);
}
