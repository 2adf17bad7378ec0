// Text report: log analysis with regex named groups
const LOG = `
2024-03-01T10:00:01Z INFO  [api] GET /users 200 12ms
2024-03-01T10:00:03Z WARN  [db] slow query took 250ms
2024-03-01T10:01:11Z ERROR [api] POST /orders 500 48ms
2024-03-01T10:01:12Z INFO  [api] GET /users/7 200 9ms
garbage line
2024-03-01T10:02:40Z ERROR [worker] job 17 failed: timeout
2024-03-01T10:02:59Z INFO  [api] GET /orders 304 3ms
`.trim();

const LINE = /^(?<time>\S+)\s+(?<level>[A-Z]+)\s+\[(?<source>\w+)\]\s+(?<message>.*)$/;
const entries = LOG.split('\n').map((line, index) => {
  const m = line.match(LINE);
  if (!m) return { index, raw: line };
  const { time, level, source, message } = m.groups;
  return { index, time: new Date(time), level, source, message };
});
const good = entries.filter((e) => e.time);
const bad = entries.filter((e) => !e.time);
console.log(`${good.length} parsed, ${bad.length} skipped (${bad.map((b) => b.raw).join()})`);

const byLevel = good.reduce((acc, { level }) => ({ ...acc, [level]: (acc[level] ?? 0) + 1 }), {});
console.log(byLevel);
const bySource = new Map();
for (const { source, message } of good) {
  if (!bySource.has(source)) bySource.set(source, []);
  bySource.get(source).push(message);
}
for (const [source, messages] of [...bySource].sort(([a], [b]) => a.localeCompare(b))) {
  console.log(`${source.padEnd(8, '.')}${String(messages.length).padStart(3)}`);
}
const durations = [...LOG.matchAll(/(\d+)ms/g)].map(([, n]) => Number(n));
const total = durations.reduce((a, b) => a + b, 0);
console.log('durations', durations.join('/'), 'avg', (total / durations.length).toFixed(1), 'max', Math.max(...durations));
const masked = LOG.replace(/\/(users|orders)(\/\d+)?/g, (whole, kind, id) => (id ? `/${kind}/:id` : whole.toUpperCase()));
console.log(masked.split('\n').filter((l) => l.includes('GET')).map((l) => l.split(' ').at(-3)).join(' '));
const first = good[0].time, last = good.at(-1).time;
const secs = (last - first) / 1000;
console.log(`span ${Math.floor(secs / 60)}m${String(secs % 60).padStart(2, '0')}s from ${first.toISOString().slice(11, 19)}`);
const counts = {};
for (const e of good) {
  const key = e.time.toISOString().slice(11, 16);
  (counts[key] ||= []).push(e.level[0]);
}
console.log(Object.entries(counts).map(([k, v]) => `${k}=${v.join('')}`).join(' '));
console.log(/error/i.test(LOG), LOG.search(/ERROR/), LOG.split(/\r?\n/).length);
