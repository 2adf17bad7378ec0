function highlight(strings, ...values) {
  return strings.reduce((out, s, i) => out + s + (i < values.length ? `<b>${values[i]}</b>` : ''), '');
}

function escapeHtml(strings, ...values) {
  const esc = (v) => String(v).replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }[c]));
  return String.raw({ raw: strings }, ...values.map(esc));
}

const name = 'Tom & <Jerry>';
console.log(highlight`Hello ${name}, you are ${30 + 1} years old`);
console.log(escapeHtml`<p title="${'"x"'}">${name}</p>`);
console.log(String.raw`C:\new\table ${1 + 1}`);

const show = (s, ...v) => console.log(s, s.raw, v);
show`a${1}\n${[2, 3]}`;
console.log(`multi
  line ${`nested ${'deep'}`}`);
