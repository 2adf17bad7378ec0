// only: useless-await, never-settling-wait, then-ignores-non-function, timer-range, early-rejection-crash, regex-lastindex, finally-value-ignored, for-await-over-promises, lexicographic-sort, in-operator-meaning, for-in-array, reference-equality, chained-comparison, method-binding, remove-missing-item, shared-fill, map-parseint, boolean-comparator, race-empty, misused-promise, await-in-loop
import { setTimeout as sleep } from "node:timers/promises";

async function load(id) {
  await sleep(1);
  return id;
}
const say = (text) => console.log(text);

// ---- promises that nothing settles
async function waits() {
  await new Promise(() => {}); //~ never-settling-wait
  await new Promise((resolve) => {}); //~ never-settling-wait
  await new Promise((resolve) => setTimeout(resolve, 1));
  await new Promise((_, reject) => setTimeout(() => reject(new Error("late")), 1));
  await new Promise(() => {
    throw new Error("now");
  });
  await new Promise(function () {
    arguments[0](1);
  });
  await new Promise((...both) => both[0](1));
  const never = new Promise(() => {});
  await Promise.race([never, load(1)]);
}

// ---- handlers that are none
load(1).then(load(2)).catch(say); //~ then-ignores-non-function
load(1).then("done").catch(say); //~ then-ignores-non-function
load(1).then(null).catch(say);
load(1).then(undefined, say);
load(1).then(say).catch(say);
load(1).then(makeHandler()).catch(say);
function makeHandler() {
  return (value) => say(value);
}
load(1)
  .finally(() => {
    return "ignored"; //~ finally-value-ignored
  })
  .catch(say);
load(1)
  .finally(() => {
    return load(2);
  })
  .catch(say);
load(1)
  .finally(() => {
    if (!say) return;
    say("done");
  })
  .catch(say);
load(1).finally(() => say("done")).catch(say);

// ---- delays
const DAY = 24 * 60 * 60 * 1000;
const MONTH = 30 * DAY;
setTimeout(say, MONTH, "x"); //~ timer-range
setInterval(say, 365 * DAY); //~ timer-range
setTimeout(say, 2147483648); //~ timer-range
setTimeout(say, 2147483647);
setTimeout(say, 7 * DAY);
await sleep(40 * DAY); //~ timer-range
function later(setTimeout) {
  setTimeout(say, MONTH);
}
let span = MONTH;
span = 5;
setTimeout(say, span);

// ---- failures before anyone listens
async function early() {
  const user = load(1); //~ early-rejection-crash
  const posts = await load(2);
  return [await user, posts];
}
async function together() {
  const user = load(1);
  const posts = load(2);
  return Promise.all([user, posts]);
}
async function listened() {
  const user = load(1);
  user.catch(() => {});
  await load(2);
  return user;
}
async function caught() {
  const user = load(1).catch(() => null);
  await load(2);
  return user;
}
async function pauses() {
  const least = sleep(100);
  await load(2);
  await least;
}
async function atOnce() {
  const user = load(1);
  return await user;
}

// ---- loops over promises
async function loops(ids) {
  for await (const user of ids.map((id) => load(id))) say(user); //~ for-await-over-promises
  const started = [load(1), load(2)];
  for await (const user of started) say(user); //~ for-await-over-promises
  for await (const user of [1, 2]) say(user); //~ useless-await
  for await (const user of pages()) say(user);
  for (const user of pages()) say(user); //~ misused-promise
  await load; //~ useless-await
  const kept = say;
  await kept;
  for (const user of started) say(await user);
}
async function* pages() {
  yield 1;
}

// ---- lists of promises
async function lists(ids) {
  const texts = ids.map(async (id) => `${await load(id)}`);
  say(texts.join(", ")); //~ misused-promise
  say((await Promise.all(texts)).join(", "));
  say(ids.map((id) => id).join(", "));
  await Promise.all(load(1)); //~ misused-promise
  await Promise.all(texts);
  const started = ids.map((id) => load(id));
  for (const one of started) say(await one);
  for (const id of ids) say(await load(id)); //~ await-in-loop
  for (let i = 0; i < ids.length; i += 2) await Promise.all(ids.slice(i, i + 2).map(load));
  for (const id of ids) await Promise.all([load(id), load(-id)]); //~ await-in-loop
}

// ---- lists
const sizes = [10, 9, 1];
sizes.sort(); //~ lexicographic-sort
[3, 20].toSorted(); //~ lexicographic-sort
sizes.map((size) => size * 2).sort(); //~ lexicographic-sort
sizes.sort((a, b) => a - b);
["b", "a"].sort();
function order(values) {
  return values.sort();
}
const names = ["ada", "bob"];
if ("ada" in names) say("never"); //~ in-operator-meaning
if ("length" in names) say("a list");
if (1 in names) say("two names");
if ("ada" in { ada: 1 }) say("a key");
for (const at in names) say(at); //~ for-in-array
for (const key in { a: 1 }) say(key);
for (const name of names) say(name);
names.splice(names.indexOf("cyd"), 1); //~ remove-missing-item
if (names.includes("ada")) names.splice(names.indexOf("ada"), 1);
names.splice(names.indexOf("bob"), 0, "amy");
function subscribe(name) {
  names.push(name);
  return () => names.splice(names.indexOf(name), 1);
}
function forget(name) {
  if (!known.has(name)) return;
  names.splice(0, 1);
}
const known = new Set(names);
const at = names.indexOf("bob");
if (at >= 0) names.splice(at, 1);
const grid = Array(3).fill([]); //~ shared-fill
grid[0].push("x");
const rows = new Array(3).fill(null).map(() => []);
rows[0].push("x");
const zeros = Array(3).fill(0);
zeros[0] = 1;
const blanks = Array(3).fill({});
say(blanks.length);

["1", "2"].map(parseInt); //~ map-parseint
["1", "2"].map(Number);
sizes.sort((a, b) => a > b); //~ boolean-comparator
sizes.sort((a, b) => b - a);
await Promise.race([]); //~ race-empty
await Promise.race([load(1), load(2)]);

// ---- comparisons
const list = [1];
if (list === []) say("never"); //~ reference-equality
if (list !== []) say("always"); //~ reference-equality
if (list === { a: 1 }) say("never"); //~ reference-equality
if (list.length === 0) say("empty");
if (0 < list.length < 5) say("always"); //~ chained-comparison
if (0 < list.length && list.length < 5) say("few");
if ((list.length > 0) > false) say("meant");

// ---- regexes
const digit = /[0-9]/g;
const word = /[a-z]/;
const comma = /,/g;
function asks(text) {
  if (digit.test(text)) say("digit"); //~ regex-lastindex
  if (word.test(text)) say("word");
  comma.lastIndex = 0;
  if (comma.test(text)) say("comma");
  return /[0-9]/g.test(text);
}

// ---- methods
class Ticker {
  constructor(source) {
    this.count = 0;
    this.source = source;
    this.stop = this.stop.bind(this);
  }
  start() {
    setInterval(this.tick, 10); //~ method-binding
    this.source.on("end", this.stop);
    setInterval(() => this.tick(), 10);
    setInterval(this.tick.bind(this), 10);
    [1, 2].forEach(this.add, this);
    [1, 2].forEach(this.plain);
    [1, 2].forEach(this.arrow);
    load(1).then(this.add).catch(say); //~ method-binding
    this.source.off("x", this.tick);
    this.source.on("data", this.add); //~ method-binding
    this.source.on("data", this.later.bind(this)); //~ misused-promise
    this.source.on("data", this.plain.bind(this));
    this.run(this.tick);
    this.source.push(this.tick);
  }
  run(callback) {
    callback.call(this);
  }
  tick() {
    this.count += 1;
  }
  add(n) {
    [n].forEach((one) => (this.count += one));
  }
  stop() {
    this.count = 0;
  }
  plain(n) {
    say(n);
  }
  async later(n) {
    say(await load(n));
  }
  arrow = (n) => (this.count = n);
}
