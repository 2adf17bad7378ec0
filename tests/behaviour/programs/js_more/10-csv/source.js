function parseCsv(text, { delimiter = ',', header = true } = {}) {
  const rows = [];
  let row = [];
  let field = '';
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const ch = text[i];
    if (quoted) {
      if (ch === '"') {
        if (text[i + 1] === '"') {
          field += '"';
          i++;
        } else {
          quoted = false;
        }
      } else {
        field += ch;
      }
    } else if (ch === '"') {
      quoted = true;
    } else if (ch === delimiter) {
      row.push(field);
      field = '';
    } else if (ch === '\n') {
      row.push(field);
      rows.push(row);
      row = [];
      field = '';
    } else if (ch !== '\r') {
      field += ch;
    }
  }
  if (field !== '' || row.length > 0) {
    row.push(field);
    rows.push(row);
  }
  if (!header) return rows;
  const [names, ...data] = rows;
  return data.map((values) => Object.fromEntries(names.map((name, i) => [name, values[i] ?? ''])));
}

const quote = (v) => (/[",\n]/.test(v) ? `"${v.replace(/"/g, '""')}"` : v);
const toCsv = (records) => {
  const names = Object.keys(records[0]);
  return [names.join(','), ...records.map((r) => names.map((n) => quote(String(r[n]))).join(','))].join('\n');
};

const input = `name,age,city
"Smith, John",42,"New ""York"""
Ada,36,London
Bob,,Paris
`;
const people = parseCsv(input).map((p) => ({ ...p, age: p.age ? Number(p.age) : null }));
console.log(people);
const known = people.filter((p) => p.age !== null);
console.log('average age:', known.reduce((t, p) => t + p.age, 0) / known.length);
console.log(toCsv(people));
console.log(parseCsv('a;b\n1;2', { delimiter: ';', header: false }));
const cities = people.map(({ city }) => city).sort();
console.log(cities);
