// Recursive descent JSON-ish parser + pretty printer
class Parser {
  constructor(text) {
    this.text = text;
    this.pos = 0;
  }
  static parse(text) {
    const p = new Parser(text);
    const value = p.value();
    p.ws();
    if (p.pos < text.length) p.fail('unexpected trailing input');
    return value;
  }
  fail(message) {
    throw new SyntaxError(`${message} at ${this.pos}`);
  }
  ws() {
    while (/\s/.test(this.text[this.pos] ?? '')) this.pos++;
  }
  peek() {
    this.ws();
    return this.text[this.pos];
  }
  expect(ch) {
    if (this.peek() !== ch) this.fail(`expected '${ch}' but got '${this.peek() ?? 'end'}'`);
    this.pos++;
  }
  value() {
    const ch = this.peek();
    if (ch === '{') return this.object();
    if (ch === '[') return this.array();
    if (ch === '"') return this.string();
    const rest = this.text.slice(this.pos);
    const word = /^(true|false|null)\b/.exec(rest);
    if (word) {
      this.pos += word[0].length;
      return { true: true, false: false, null: null }[word[1]];
    }
    const num = rest.match(/^-?\d+(\.\d+)?/);
    if (!num) this.fail('unexpected token');
    this.pos += num[0].length;
    return Number(num[0]);
  }
  string() {
    this.expect('"');
    let out = '';
    while (this.text[this.pos] !== '"') {
      if (this.pos >= this.text.length) this.fail('unterminated string');
      if (this.text[this.pos] === '\\') {
        this.pos++;
        const map = { n: '\n', t: '\t', '"': '"', '\\': '\\' };
        out += map[this.text[this.pos]] ?? this.text[this.pos];
      } else out += this.text[this.pos];
      this.pos++;
    }
    this.pos++;
    return out;
  }
  array() {
    const items = [];
    this.expect('[');
    if (this.peek() === ']') { this.pos++; return items; }
    do {
      items.push(this.value());
    } while (this.peek() === ',' && ++this.pos);
    this.expect(']');
    return items;
  }
  object() {
    const obj = {};
    this.expect('{');
    if (this.peek() === '}') { this.pos++; return obj; }
    for (;;) {
      this.ws();
      const key = this.string();
      this.expect(':');
      obj[key] = this.value();
      if (this.peek() !== ',') break;
      this.pos++;
    }
    this.expect('}');
    return obj;
  }
}

const show = (v, depth = 0) => {
  const pad = '  '.repeat(depth);
  if (Array.isArray(v)) return v.length ? `[\n${v.map((x) => pad + '  ' + show(x, depth + 1)).join(',\n')}\n${pad}]` : '[]';
  if (v !== null && typeof v === 'object') {
    const parts = Object.entries(v).map(([k, x]) => `${pad}  ${k}: ${show(x, depth + 1)}`);
    return parts.length ? `{\n${parts.join(',\n')}\n${pad}}` : '{}';
  }
  return typeof v === 'string' ? JSON.stringify(v) : String(v);
};

const doc = Parser.parse(' {"name": "Zoe \\"Z\\"", "tags": ["a", "b\\n"], "n": -12.5, "ok": true, "none": null, "deep": {"x": [1, [2, []], {}]}} ');
console.log(show(doc));
console.log(doc.deep.x[1].length, typeof doc.n, doc.none === null);
for (const bad of ['[1, 2', '{"a" 1}', 'tru', '[1] x', '"abc']) {
  try {
    Parser.parse(bad);
    console.log('parsed?', bad);
  } catch (e) {
    console.log(`${e.name}: ${e.message}`);
  }
}
