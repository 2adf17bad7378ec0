const { AsyncLocalStorage } = require('node:async_hooks');
const als = new AsyncLocalStorage();
let seq = 0;
const lines = [];

const log = (level, msg, extra = {}) => {
  const store = als.getStore();
  const id = store ? store.requestId : '-';
  const fields = Object.entries(extra).map(([k, v]) => `${k}=${v}`).join(' ');
  lines.push(`[${level.toUpperCase().padEnd(5)}] ${id} ${msg}${fields ? ' ' + fields : ''}`);
};

const sleep = (ms) => new Promise((r) => setTimeout(r, ms));

async function loadUser(id) {
  log('debug', 'loading user', { id });
  await sleep(id * 5);
  if (id === 3) throw new Error('not found');
  return { id, name: `user-${id}` };
}

async function handle(id) {
  return als.run({ requestId: `req-${++seq}` }, async () => {
    log('info', 'start');
    try {
      const user = await loadUser(id);
      log('info', 'done', { name: user.name });
      return user.name;
    } catch (e) {
      log('error', e.message);
      return null;
    }
  });
}

async function main() {
  const results = await Promise.all([2, 1, 3].map(handle));
  console.log(results);
  lines.forEach((l) => console.log(l));
  log('warn', 'outside');
  console.log(lines.at(-1), als.getStore() === undefined);
}
main();
