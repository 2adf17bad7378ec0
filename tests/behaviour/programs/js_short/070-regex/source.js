const text = 'Contact: john@site.com, mary.k@mail.org (since 2021-03-15)';

console.log(text.match(/[\w.]+@[\w.]+\.\w+/g));
const { groups } = text.match(/(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)/);
console.log(groups.year, groups.month, groups.day);

for (const m of text.matchAll(/(\w[\w.]*)@(\w+)/g)) {
  console.log(m.index, m[1], m[2]);
}

console.log('camelCaseString'.replace(/[A-Z]/g, (c) => '_' + c.toLowerCase()));
console.log('snake_case_here'.replace(/_(\w)/g, (_, c) => c.toUpperCase()));
console.log('2024-01-05'.replace(/(\d+)-(\d+)-(\d+)/, '$3/$2/$1'));
console.log(/^\d{3}$/.test('123'), /^\d{3}$/.test('1234'));
console.log('one  two three'.split(/\s+/), 'a1b2'.split(/(\d)/));
