const data = {
  users: [
    { id: 1, firstName: 'Ann', lastName: 'Lee', roles: ['admin', 'dev'], address: { city: 'Oslo', zip: null } },
    { id: 2, firstName: 'Bob', lastName: 'Ray', roles: [], address: undefined },
    { id: 3, firstName: 'Cy', lastName: 'Day', roles: ['dev'] },
  ],
  meta: { total: 3, page: 1 },
};

const toSnake = (s) => s.replace(/[A-Z]/g, (c) => '_' + c.toLowerCase());
const mapKeys = (value, fn) => {
  if (Array.isArray(value)) return value.map((v) => mapKeys(v, fn));
  if (value && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [fn(k), mapKeys(v, fn)]));
  }
  return value;
};
const pick = (obj, ...keys) => keys.reduce((o, k) => (k in obj ? { ...o, [k]: obj[k] } : o), {});
const omit = (obj, ...keys) => Object.fromEntries(Object.entries(obj).filter(([k]) => !keys.includes(k)));

console.log(JSON.stringify(mapKeys(data, toSnake)));
console.log(data.users.map((u) => pick(u, 'id', 'firstName')));
console.log(omit(data.meta, 'page'));
const index = new Map(data.users.map((u) => [u.id, u]));
console.log(index.get(2)?.firstName, index.get(9)?.firstName ?? 'nobody');
const roleCounts = data.users.flatMap((u) => u.roles).reduce((acc, r) => ({ ...acc, [r]: (acc[r] ?? 0) + 1 }), {});
console.log(roleCounts);
console.log(data.users.map(({ address }) => address?.city ?? 'unknown').join(', '));
const { users: [{ roles: [, second] }], meta: { total, ...rest } } = data;
console.log(second, total, rest);
console.log(Object.entries(roleCounts).sort(([a], [b]) => a.localeCompare(b)).map(([k, v]) => `${k}=${v}`).join('&'));
