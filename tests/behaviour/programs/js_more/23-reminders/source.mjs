// Text adventure-ish scheduler: timers, intervals, Date arithmetic, iterators, Symbol usage
const DAY = 24 * 60 * 60 * 1000;
const addDays = (date, n) => new Date(date.getTime() + n * DAY);
const iso = (d) => d.toISOString().slice(0, 10);
const start = new Date(Date.UTC(2024, 1, 26));
const week = Array.from({ length: 5 }, (_, i) => addDays(start, i));
console.log(week.map(iso).join(' '));
console.log(week.map((d) => ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'][d.getUTCDay()]).join(' '));
const isLeap = (y) => (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0;
console.log([1900, 2000, 2023, 2024].filter(isLeap));
const diff = (a, b) => Math.round((b - a) / DAY);
console.log(diff(start, new Date('2024-03-10T00:00:00Z')), start < week[1], +week[1] - +start === DAY);

class Range {
  constructor(from, to, step = 1) { Object.assign(this, { from, to, step }); }
  [Symbol.iterator]() {
    let cur = this.from;
    const { to, step } = this;
    return { next: () => (cur <= to ? { value: (cur += step) - step, done: false } : { value: undefined, done: true }) };
  }
  get length() { return Math.max(0, Math.floor((this.to - this.from) / this.step) + 1); }
  map(fn) { return Array.from(this, fn); }
  static of(...args) { return new Range(...args); }
}
const r = Range.of(1, 10, 3);
console.log([...r], r.length, r.map((x) => x * x), Math.max(...r));
const [first, second, ...tail] = r;
console.log(first, second, tail);

class Reminder {
  static #count = 0;
  #timer = null;
  fired = 0;
  constructor(text, every) { this.text = text; this.every = every; Reminder.#count += 1; }
  start(limit, done) {
    this.#timer = setInterval(() => {
      this.fired++;
      if (this.fired === limit) {
        clearInterval(this.#timer);
        this.#timer = null;
        done?.(this);
      }
    }, this.every);
    return this;
  }
  get running() { return this.#timer !== null; }
  static get count() { return Reminder.#count; }
}
const finished = await new Promise((resolve) => {
  const done = [];
  const onDone = (rem) => {
    done.push(`${rem.text}x${rem.fired}`);
    if (done.length === 2) resolve(done);
  };
  const a = new Reminder('tea', 3).start(2, onDone);
  new Reminder('walk', 10).start(2, onDone);
  console.log('running', a.running, Reminder.count);
});
console.log(finished);
const debounce = (fn, ms) => {
  let t;
  return (...args) => {
    clearTimeout(t);
    t = setTimeout(() => fn(...args), ms);
  };
};
const saved = [];
const save = debounce((text) => saved.push(text), 5);
for (const w of ['h', 'he', 'hel']) save(w);
await new Promise((r) => setTimeout(r, 15));
save('done');
await new Promise((r) => setTimeout(r, 15));
console.log(saved);
const weird = { a: 1, get b() { return this.a + 1; }, c1: 3, toString() { return 'weird!'; } };
console.log(`${weird}`, weird.b, weird.c1, 'a' in weird);
const { a: alpha = 'none', ...others } = { b: 2, c: [3, { d: 4 }] };
console.log(alpha, others, others.c?.[1]?.d, others.x?.y ?? 'nil');
