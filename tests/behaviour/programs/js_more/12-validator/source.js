const is = {
  string: (v) => typeof v === 'string',
  number: (v) => typeof v === 'number' && !Number.isNaN(v),
  integer: (v) => Number.isInteger(v),
  boolean: (v) => typeof v === 'boolean',
  array: Array.isArray,
  object: (v) => v !== null && typeof v === 'object' && !Array.isArray(v),
};

class ValidationError extends Error {
  constructor(issues) {
    super(`${issues.length} issue(s): ${issues.map((i) => i.path || '(root)').join(', ')}`);
    this.name = 'ValidationError';
    this.issues = issues;
  }
}

function check(schema, value, path = '', issues = []) {
  const add = (message) => issues.push({ path, message });
  if (value === undefined || value === null) {
    if (schema.required) add('is required');
    return issues;
  }
  if (schema.type && !is[schema.type](value)) {
    add(`expected ${schema.type}, got ${Array.isArray(value) ? 'array' : typeof value}`);
    return issues;
  }
  if (schema.enum && !schema.enum.includes(value)) add(`must be one of ${schema.enum.join('|')}`);
  if (schema.min !== undefined && (is.string(value) ? value.length : value) < schema.min) add(`must be at least ${schema.min}`);
  if (schema.pattern && !schema.pattern.test(value)) add('has the wrong format');
  if (schema.type === 'array') value.forEach((v, i) => check(schema.items, v, `${path}[${i}]`, issues));
  if (schema.type === 'object') {
    for (const [key, sub] of Object.entries(schema.properties)) check(sub, value[key], path ? `${path}.${key}` : key, issues);
    if (schema.strict) {
      for (const key of Object.keys(value)) {
        if (!Object.hasOwn(schema.properties, key)) issues.push({ path: key, message: 'is not allowed' });
      }
    }
  }
  return issues;
}

function parse(schema, value) {
  const issues = check(schema, value);
  if (issues.length > 0) throw new ValidationError(issues);
  return value;
}

const user = {
  type: 'object',
  strict: true,
  properties: {
    name: { type: 'string', required: true, min: 2 },
    email: { type: 'string', pattern: /^[^@\s]+@[^@\s]+$/ },
    age: { type: 'integer', min: 18 },
    role: { enum: ['admin', 'user'] },
    tags: { type: 'array', items: { type: 'string' } },
  },
};

const samples = [
  { name: 'Ann', email: 'ann@x.io', age: 30, role: 'admin', tags: ['a'] },
  { name: 'B', email: 'nope', age: 17.5, role: 'root', tags: ['ok', 3] },
  { email: 'c@d.e', age: 5, extra: true },
  'text',
];
for (const s of samples) {
  try {
    const ok = parse(user, s);
    console.log('valid:', ok.name);
  } catch (e) {
    if (!(e instanceof ValidationError)) throw e;
    console.log(e.message);
    for (const { path, message } of e.issues) console.log(`  - ${path || '(root)'} ${message}`);
  }
}
