const LOG = `2024-03-01T10:00:00Z INFO  [api] GET /users 200 35ms
2024-03-01T10:00:01Z WARN  [db] slow query 1204ms
2024-03-01T10:00:02Z ERROR [api] GET /orders 500 12ms
2024-03-01T10:05:00Z INFO  [api] POST /users 201 48ms
garbage line
2024-03-01T11:00:00Z INFO  [worker] job 17 done 5000ms`;

const LINE = /^(?<time>\S+)\s+(?<level>[A-Z]+)\s+\[(?<source>\w+)\]\s+(?<message>.*?)(?:\s+(?<ms>\d+)ms)?$/;

const parseLine = (line, n) => {
  const m = line.match(LINE);
  if (!m) return { error: `line ${n + 1}: ${line.slice(0, 10)}` };
  const { time, level, source, message, ms } = m.groups;
  return { time: new Date(time), level, source, message, ms: ms === undefined ? null : Number(ms) };
};

const parsed = LOG.split('\n').map(parseLine);
const entries = parsed.filter((e) => !e.error);
const errors = parsed.filter((e) => e.error).map((e) => e.error);

const stats = new Map();
for (const { source, ms, level } of entries) {
  const s = stats.get(source) ?? { count: 0, total: 0, max: -Infinity, levels: {} };
  s.count++;
  s.total += ms ?? 0;
  s.max = Math.max(s.max, ms ?? 0);
  s.levels[level] = (s.levels[level] ?? 0) + 1;
  stats.set(source, s);
}

for (const [source, { count, total, max, levels }] of [...stats].sort(([a], [b]) => (a < b ? -1 : 1))) {
  const avg = total / count;
  const lv = Object.entries(levels).map(([k, v]) => `${k}:${v}`).join(',');
  console.log(`${source.padEnd(8)} n=${count} avg=${avg.toFixed(1)} max=${max} ${lv}`);
}
console.log(errors);
const span = (entries.at(-1).time - entries[0].time) / 1000 / 60;
console.log(`span: ${span} minutes`);
const perHour = entries.reduce((acc, { time }) => {
  const h = time.toISOString().slice(11, 13) + 'h';
  return { ...acc, [h]: (acc[h] || 0) + 1 };
}, {});
console.log(perHour);
const slow = entries.filter(({ ms }) => ms > 1000).map(({ message, ms }) => `${message} (${(ms / 1000).toFixed(1)}s)`);
console.log(slow.join('; '));
const endpoints = entries.flatMap(({ message }) => message.match(/(GET|POST) (\/\w+) (\d{3})/)?.slice(1, 4).join(' ') ?? []);
console.log(endpoints);
