const d = new Date(Date.UTC(2024, 1, 29, 23, 59, 30));

console.log(d.toISOString());
console.log(d.getUTCFullYear(), d.getUTCMonth() + 1, d.getUTCDate(), d.getUTCDay());

const addDays = (date, days) => new Date(date.getTime() + days * 864e5);
console.log(addDays(d, 1).toISOString().slice(0, 10));

const days = Math.round((Date.UTC(2024, 11, 25) - Date.UTC(2024, 0, 1)) / 864e5);
console.log('days until christmas:', days);

const names = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
console.log(names[new Date('2000-01-01T00:00:00Z').getUTCDay()]);
console.log(d.toUTCString(), JSON.stringify({ d }));
console.log(isNaN(new Date('garbage')), new Date(0).toISOString());

d.setUTCMonth(12);
console.log(d.toISOString(), d.valueOf());
