const isObject = (v) => v !== null && typeof v === 'object' && !Array.isArray(v);

function deepMerge(target, ...sources) {
  const out = { ...target };
  for (const src of sources) {
    for (const [key, value] of Object.entries(src)) {
      if (isObject(value) && isObject(out[key])) out[key] = deepMerge(out[key], value);
      else if (Array.isArray(value) && Array.isArray(out[key])) out[key] = [...out[key], ...value];
      else out[key] = value;
    }
  }
  return out;
}

function get(obj, path, fallback) {
  const parts = path.split('.');
  let cur = obj;
  for (const p of parts) {
    if (cur == null || !(p in cur)) return fallback;
    cur = cur[p];
  }
  return cur;
}

function flatten(obj, prefix = '') {
  return Object.keys(obj).reduce((acc, k) => {
    const name = prefix ? `${prefix}.${k}` : k;
    if (isObject(obj[k])) Object.assign(acc, flatten(obj[k], name));
    else acc[name] = obj[k];
    return acc;
  }, {});
}

function interpolate(template, vars) {
  return template.replace(/\$\{(\w+)(?::-(\w*))?\}/g, (match, name, def) => {
    if (vars[name] !== undefined) return vars[name];
    return def ?? match;
  });
}

const defaults = { server: { host: 'localhost', port: 8080, tls: { enabled: false } }, plugins: ['core'], debug: false };
const prod = { server: { port: 443, tls: { enabled: true, cert: '/etc/cert.pem' } }, plugins: ['metrics'] };

const config = deepMerge(defaults, prod, { debug: null });
console.log(JSON.stringify(config));
console.log(get(config, 'server.tls.cert', 'none'), get(config, 'server.proxy.host', 'none'));
for (const [k, v] of Object.entries(flatten(config))) console.log(`${k.padEnd(20, '.')} ${v}`);
console.log(interpolate('${HOST}:${PORT:-80}/${MISSING}', { HOST: 'example.com' }));
console.log(defaults.server.port, defaults.plugins.length);
