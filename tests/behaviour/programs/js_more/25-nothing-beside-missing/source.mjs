const users = [{ id: 1, nick: null }, { id: 2, nick: 'bo' }, { id: 3 }];
console.log(users.map((u) => u.nick ?? 'anon').join());
console.log(users.map(({ nick }) => nick ?? 'anon').join());
const parsed = JSON.parse('{"a":null,"b":{"c":null}}');
console.log(parsed.a ?? 'none', parsed.b?.c ?? 'deep', parsed.z ?? 'missing');
const { a, z } = parsed;
console.log(a ?? 'none', z ?? 'gone');
function f(o) { return o.v ?? 'dflt'; }
console.log(f({ v: null }), f({}), f({ v: 0 }));
const m = new Map([['k', null]]);
console.log(m.get('k') ?? 'mapnull');
const cfg = { timeout: undefined, retries: null };
const { timeout = 5, retries = 3 } = cfg;
console.log(timeout, retries, cfg.timeout ?? 9, cfg.retries ?? 7);
