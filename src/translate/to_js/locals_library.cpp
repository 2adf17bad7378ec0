// Local definitions that stand for functions of Python's library which JavaScript has no word for:
// itertools, collections, heapq, dates, statistics. The smallest that behaves the same; see
// locals_text.cpp for text and locals.cpp for the rest.
// Example: `zip_longest(a, b, fillvalue=0)` needs `function zipLongest(lists, fill) {...}`.
#include "translate/to_js/quote.h"

namespace asyncport::translate::to_js {

namespace {

constexpr LocalDefinition kLocals[] = {
    // ---- iteration
    {"zipLongest", R"(
function zipLongest(lists, fill = null) {
  const length = Math.max(0, ...lists.map((list) => list.length));
  return Array.from({ length }, (_, i) => lists.map((list) => (i < list.length ? list[i] : fill)));
})",
     ""},
    {"zipIterables", R"(
function* zipIterables(...iterables) {
  const iterators = iterables.map((items) => items[Symbol.iterator]());
  while (true) {
    const row = [];
    for (const iterator of iterators) {
      const { value, done } = iterator.next();
      if (done) return;
      row.push(value);
    }
    yield row;
  }
})",
     ""},
    {"enumerate", R"(
function* enumerate(items, start = 0) {
  let i = start;
  for (const item of items) {
    yield [i, item];
    i += 1;
  }
})",
     ""},
    {"chain", R"(
function* chain(...iterables) {
  for (const items of iterables) yield* items;
})",
     ""},
    {"cycle", R"(
function* cycle(items) {
  const seen = [...items];
  while (seen.length > 0) yield* seen;
})",
     ""},
    {"repeatForever", R"(
function* repeatForever(value) {
  while (true) yield value;
})",
     ""},
    {"slice", R"(
function* slice(items, start, stop = Infinity, step = 1) {
  const iterator = items[Symbol.iterator]();
  for (let i = 0; i < stop; i += 1) {
    const { value, done } = iterator.next();
    if (done) return;
    if (i >= start && (i - start) % step === 0) yield value;
  }
})",
     ""},
    {"takeWhile", R"(
function* takeWhile(items, test) {
  const iterator = items[Symbol.iterator]();
  while (true) {
    const { value, done } = iterator.next();
    if (done || !test(value)) return;
    yield value;
  }
})",
     ""},
    {"dropWhile", R"(
function* dropWhile(items, test) {
  let dropping = true;
  for (const item of items) {
    dropping = dropping && Boolean(test(item));
    if (!dropping) yield item;
  }
})",
     ""},
    {"permutations", R"(
function permutations(items, size = items.length) {
  if (size === 0) return [[]];
  return items.flatMap((item, i) =>
    permutations(items.toSpliced(i, 1), size - 1).map((rest) => [item, ...rest]),
  );
})",
     ""},
    {"combinationsWithRepeats", R"(
function combinationsWithRepeats(items, size) {
  if (size === 0) return [[]];
  return items.flatMap((item, i) =>
    combinationsWithRepeats(items.slice(i), size - 1).map((rest) => [item, ...rest]),
  );
})",
     ""},
    {"accumulateWith", R"(
function accumulateWith(items, step, ...start) {
  const totals = [...start];
  for (const item of items) {
    totals.push(totals.length === 0 ? item : step(totals.at(-1), item));
  }
  return totals;
})",
     ""},
    {"nextItem", R"(
function nextItem(iterator) {
  const { value, done } = iterator.next();
  if (done) throw Object.assign(new StopIteration(""), { value: value ?? null });
  return value;
})",
     ""},
    {"capWords", R"(
function capWords(text) {
  const words = text.trim() === "" ? [] : text.trim().split(/\s+/);
  return words.map((word) => word[0].toUpperCase() + word.slice(1).toLowerCase()).join(" ");
})",
     ""},
    {"shellWords", R"js(
function shellWords(text) {
  const word = /(?:[^\s"'\\]+|"(?:\\.|[^"\\])*"|'[^']*'|\\.)+/gs;
  const quoted = /"((?:\\.|[^"\\])*)"|'([^']*)'|\\(.)/gs;
  if (/\S/.test(text.replace(word, ""))) throw new ValueError("No closing quotation");
  return (text.match(word) ?? []).map((found) =>
    found.replace(quoted, (_, double, single, escaped) => double?.replace(/\\(["\\])/g, "$1") ?? single ?? escaped),
  );
})js",
     ""},
    {"shellQuote", R"js(
function shellQuote(text) {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'"'"'`)}'`;
})js",
     ""},
    {"memberNamed", R"(
function memberNamed(members, name) {
  if (!Object.hasOwn(members, name)) throw new KeyError(`'${name}'`);
  return members[name];
})",
     ""},
    {"popLast", R"(
function popLast(items) {
  if (items.length === 0) throw new IndexError("pop from empty list");
  return items.pop();
})",
     ""},
    {"unlessDone", R"(
function unlessDone({ value, done }) {
  if (done) throw Object.assign(new StopIteration(""), { value: value ?? null });
  return value;
})",
     ""},
    {"mapLazily", R"(
function* mapLazily(items, fn) {
  for (const item of items) yield fn(item);
})",
     ""},
    {"filterLazily", R"(
function* filterLazily(items, test) {
  for (const item of items) {
    if (test(item)) yield item;
  }
})",
     ""},
    {"chunk", R"(
function chunk(items, size) {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  );
})",
     ""},
    {"groupByContents", R"(
function groupByContents(items, key) {
  const groups = [];
  for (const item of items) {
    const value = key(item);
    if (groups.length > 0 && isDeepStrictEqual(groups.at(-1)[0], value)) {
      groups.at(-1)[1].push(item);
    } else {
      groups.push([value, [item]]);
    }
  }
  return groups;
})",
     "node:util:isDeepStrictEqual"},
    // ---- collections
    {"addCounts", R"(
function addCounts(counts, items, sign = 1) {
  const entries = items instanceof Map ? items : [...items].map((item) => [item, 1]);
  for (const [item, count] of entries) {
    counts.set(item, (counts.get(item) ?? 0) + sign * count);
  }
})",
     ""},
    {"mergeCounts", R"(
function mergeCounts(a, b, merge) {
  const keys = new Set([...a.keys(), ...b.keys()]);
  const counts = [...keys].map((key) => [key, merge(a.get(key) ?? 0, b.get(key) ?? 0)]);
  return new Map(counts.filter(([, count]) => count > 0));
})",
     ""},
    {"pushBounded", R"(
function pushBounded(items, item, limit) {
  items.push(item);
  if (items.length > limit) items.shift();
})",
     ""},
    {"unshiftBounded", R"(
function unshiftBounded(items, item, limit) {
  items.unshift(item);
  if (items.length > limit) items.pop();
})",
     ""},
    {"extendBounded", R"(
function extendBounded(items, others, limit) {
  items.push(...others);
  if (items.length > limit) items.splice(0, items.length - limit);
})",
     ""},
    {"extendFrontBounded", R"(
function extendFrontBounded(items, others, limit) {
  items.unshift(...[...others].reverse());
  if (items.length > limit) items.splice(limit);
})",
     ""},
    {"bounded", R"(
function bounded(limit, items = []) {
  return Object.defineProperty(items.slice(-limit), "limit", { value: limit });
})",
     ""},
    {"pushWithin", R"(
function pushWithin(items, item) {
  items.push(item);
  if (items.length > (items.limit ?? Infinity)) items.shift();
})",
     ""},
    {"rotate", R"(
function rotate(items, steps = 1) {
  if (items.length === 0) return;
  const cut = (((-steps % items.length) + items.length) % items.length);
  items.push(...items.splice(0, cut));
})",
     ""},
    {"popLast", R"(
function popLast(map) {
  const entry = [...map].at(-1);
  if (entry === undefined) throw new KeyError("'popitem(): dictionary is empty'");
  map.delete(entry[0]);
  return entry;
})",
     ""},
    {"popFirst", R"(
function popFirst(map) {
  const [entry] = map;
  if (entry === undefined) throw new KeyError("'popitem(): dictionary is empty'");
  map.delete(entry[0]);
  return entry;
})",
     ""},
    {"popLastProperty", R"(
function popLastProperty(object) {
  const entry = Object.entries(object).at(-1);
  if (entry === undefined) throw new KeyError("'popitem(): dictionary is empty'");
  delete object[entry[0]];
  return entry;
})",
     ""},
    // ---- dates
    {"isoFormat", R"(
function isoFormat(time, offset = "", separator = "T", milliseconds = false) {
  const [date, clock] = time.toISOString().slice(0, -1).split("T");
  const [whole, fraction] = clock.split(".");
  const exact = fraction === "000" ? whole : `${whole}.${fraction}000`;
  return `${date}${separator}${milliseconds ? clock : exact}${offset}`;
})",
     ""},
    {"parseIso", R"(
function parseIso(text) {
  const hasZone = /(?:Z|[+-]\d\d:?\d\d)$/.test(text.slice(10));
  const time = new Date(text.length <= 10 || hasZone ? text : `${text}Z`);
  if (Number.isNaN(time.getTime())) throw new ValueError(`Invalid isoformat string: '${text}'`);
  return time;
})",
     ""},
    {"parseTime", R"js(
function parseTime(text, pattern) {
  const monthNames = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
  const codes = [];
  const source = pattern
    .replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
    .replace(/\s+/g, "\\s+")
    .replace(/%(\w)/g, (_, code) => {
      codes.push(code);
      return code === "Y" ? "(\\d{4})" : "bBp".includes(code) ? "([A-Za-z]+)" : "(\\d{1,2})";
    });
  const match = new RegExp(`^${source}$`).exec(text);
  const found = Object.fromEntries(codes.map((code, i) => [code, match?.[i + 1]]));
  const name = found.b ?? found.B;
  const month = name ? monthNames.indexOf(name.slice(0, 3).toLowerCase()) : Number(found.m ?? 1) - 1;
  const year = found.y ? Number(found.y) + (found.y < 69 ? 2000 : 1900) : Number(found.Y ?? 1900);
  const noon = found.p?.toLowerCase() === "pm" ? 12 : 0;
  const hour = found.I ? (Number(found.I) % 12) + noon : Number(found.H ?? 0);
  const time = new Date(Date.UTC(year, month, found.d ?? 1, hour, found.M ?? 0, found.S ?? 0));
  if (!match || month < 0 || time.getUTCMonth() !== month || hour > 23 || found.M > 59 || found.S > 59) {
    throw new ValueError(`time data '${text}' does not match format '${pattern}'`);
  }
  return time;
})js",
     ""},
    {"durationText", R"(
function durationText(duration) {
  const days = Math.floor(duration / 86_400_000);
  const rest = duration - days * 86_400_000;
  const [hours, minutes, seconds] = [rest / 3_600_000, (rest / 60_000) % 60, (rest / 1000) % 60].map(Math.floor);
  const fraction = rest % 1000 === 0 ? "" : `.${String(rest % 1000).padStart(3, "0")}000`;
  const clock = `${hours}:${String(minutes).padStart(2, "0")}:${String(seconds).padStart(2, "0")}${fraction}`;
  return days === 0 ? clock : `${days} ${Math.abs(days) === 1 ? "day" : "days"}, ${clock}`;
})",
     ""},
    {"unescapeHtml", R"(
function unescapeHtml(text) {
  const named = { lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0", amp: "&" };
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return named[name] ?? whole;
    return String.fromCodePoint(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16));
  });
})",
     ""},
    // ---- classes
    {"toPlainObject", R"(
function toPlainObject(value) {
  if (Array.isArray(value)) return value.map(toPlainObject);
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [key, toPlainObject(item)]));
  const isData = value !== null && typeof value === "object" && !(value instanceof Set || value instanceof Date);
  if (!isData || value.constructor?.members !== undefined) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toPlainObject(item)]));
})",
     ""},
    {"decorateMethod", R"(
function decorateMethod(target, name, decorator) {
  const method = target[name];
  const unbound = { [name]: (self, ...args) => method.apply(self, args) }[name];
  const decorated = decorator(unbound);
  target[name] = function (...args) {
    return decorated(this, ...args);
  };
})",
     ""},
    {"withMembersOf", R"(
function withMembersOf(Base, ...others) {
  const Joined = class extends Base {};
  for (const other of others) {
    for (let proto = other.prototype; proto !== Object.prototype; proto = Object.getPrototypeOf(proto)) {
      for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(proto))) {
        if (!(name in Joined.prototype)) Object.defineProperty(Joined.prototype, name, property);
      }
    }
  }
  return Joined;
})",
     ""},
    // ---- errors
    {"errorName", R"(
const pythonNames = {
  Error: "Exception", //?plainerror
  AbortError: "CancelledError", //?stopped
  AggregateError: "ExceptionGroup", //?group
  SyntaxError: "JSONDecodeError", //?json
};
const errorName = (err) => pythonNames[err.name] ?? err.name;
)",
     ""},
    {"typeName", R"(
function typeName(value) {
  if (value instanceof Error) return errorName(value); //?renamed
  if (value instanceof Error) return value.name; //?notrenamed
  if (value === null || value === undefined) return "NoneType";
  if (typeof value === "number") return Number.isInteger(value) ? "int" : "float";
  const { name } = value.constructor;
  return { String: "str", Boolean: "bool", Array: "list", Object: "dict", Map: "dict", Set: "set" }[name] ?? name;
})",
     ""},
    {"cancelMessage", R"(
const cancelMessage = (err) => (err.cause ?? err).message;
)",
     ""},
    {"groupOf", R"(
function groupOf(errors, message) {
  const text = message.replace(/ \(\d+ sub-exceptions?\)$/, "");
  return new AggregateError(errors, `${text} (${errors.length} sub-exception${errors.length === 1 ? "" : "s"})`);
})",
     ""},
    {"partitionErrors", R"(
function partitionErrors(errors, test) {
  const taken = [];
  const rest = [];
  for (const err of errors) {
    if (err instanceof AggregateError) {
      const [inner, others] = partitionErrors(err.errors, test);
      if (inner.length > 0) taken.push(groupOf(inner, err.message));
      if (others.length > 0) rest.push(groupOf(others, err.message));
    } else {
      (test(err) ? taken : rest).push(err);
    }
  }
  return [taken, rest];
})",
     "", "groupOf"},
    {"splitGroup", R"(
function splitGroup(group, test) {
  const parts = partitionErrors(group.errors, test);
  return parts.map((errors) => (errors.length > 0 ? groupOf(errors, group.message) : null));
})", "", "partitionErrors"},
    {"memberName", R"(
const memberName = (members, value) =>
  Object.keys(members).find((name) => members[name] === value);
)", ""},
    {"flagName", R"(
function flagName(flags, value) {
  const names = Object.keys(flags);
  const own = names.find((name) => flags[name] === value);
  return own ?? (names.filter((name) => (flags[name] & value) !== 0).join("|") || null);
})", ""},
    {"memberOf", R"(
function memberOf(members, value, name) {
  if (!Object.values(members).includes(value)) {
    throw new RangeError(`${inspect(value)} is not a valid ${name}`);
  }
  return value;
})", "node:util:inspect"},
    {"bytesText", R"(
function bytesText(bytes) {
  const named = { 9: "\\t", 10: "\\n", 13: "\\r", 92: "\\\\" };
  const text = Array.from(Buffer.from(bytes), (byte) => {
    if (named[byte] !== undefined) return named[byte];
    if (byte >= 32 && byte < 127) return String.fromCharCode(byte);
    return `\\x${byte.toString(16).padStart(2, "0")}`;
  }).join("");
  if (text.includes("'") && !text.includes('"')) return `b"${text}"`;
  return `b'${text.replaceAll("'", "\\'")}'`;
})", ""},
    {"tupleText", R"(
const tupleText = (items) =>
  `(${items.map((item) => inspect(item)).join(", ")}${items.length === 1 ? "," : ""})`;
)", "node:util:inspect"},
    {"reprError", R"(
function reprError(error) {
  const name = errorName(error); //?renamed
  const { name, message } = error; //?plain
  const { name } = error; //?ownnamestopped
  if (error instanceof AggregateError) { //?group
    const text = error.message.replace(/ \(\d+ sub-exceptions?\)$/, ""); //?group
    return `${name}(${inspect(text)}, [${error.errors.map(reprError).join(", ")}])`; //?group
  } //?group
  const { message } = error.name === "AbortError" ? (error.cause ?? { message: "" }) : error; //?stopped
  const { message } = error; //?renamedrunning
  if (message === "") return `${name}()`;
  return `${name}(${name === "KeyError" ? message : inspect(message)})`;
})",
     "node:util:inspect"},
    {"repr", R"(
const repr = (value) => (value instanceof Error ? reprError(value) : inspect(value));
)",
     "node:util:inspect", "reprError"},
    {"valueAt", R"(
function valueAt(dict, key) {
  const isMap = dict instanceof Map;
  if (isMap ? !dict.has(key) : !Object.hasOwn(dict, key)) throw new KeyError(inspect(key)); //?notkeyed
  if (isMap ? !dict.has(key) : !Object.hasOwn(dict, key)) throw new KeyError(key); //?keyed
  return isMap ? dict.get(key) : dict[key];
})",
     "node:util:inspect"},
    {"itemAt", R"(
function itemAt(items, index, kind = "list") {
  if (index >= items.length || index < -items.length) throw new IndexError(`${kind} index out of range`);
  return items.at(index);
})",
     ""},
    {"parseDigits", R"(
function parseDigits(text, base) {
  const prefix = { 2: /^0b/, 8: /^0o/, 16: /^0x/ }[base] ?? "";
  const [, sign, rest] = /^([+-]?)(.*)$/s.exec(text.trim().toLowerCase());
  const digits = rest.replace(prefix, "");
  if (digits === "" || [...digits].some((digit) => Number.isNaN(Number.parseInt(digit, base)))) {
    throw new ValueError(`invalid literal for int() with base ${base}: '${text}'`);
  }
  return Number.parseInt(sign + digits, base);
})",
     ""},
    {"divisor", R"(
function divisor(value, message = "division by zero") {
  if (value === 0) throw new ZeroDivisionError(message);
  return value;
})",
     ""},
    {"bound", R"(
const bound = (object, method) => object[method].bind(object);
)",
     ""},
    {"unpacked", R"(
function unpacked(values, count) {
  const items = [...values];
  if (items.length > count) throw new ValueError(`too many values to unpack (expected ${count})`);
  if (items.length < count) throw new ValueError(`not enough values to unpack (expected ${count}, got ${items.length})`);
  return items;
})",
     ""},
    {"unpackedAtLeast", R"(
function unpackedAtLeast(values, count) {
  const items = [...values];
  if (items.length < count) throw new ValueError(`not enough values to unpack (expected at least ${count}, got ${items.length})`);
  return items;
})",
     ""},
    {"messageOrValue", R"(
const messageOrValue = (value) => (value instanceof Error ? value.message : value);
)",
     ""},
    // ---- numbers
    {"powMod", R"(
function powMod(base, exponent, modulus) {
  let result = 1n;
  let factor = ((BigInt(base) % BigInt(modulus)) + BigInt(modulus)) % BigInt(modulus);
  for (let left = BigInt(exponent); left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * factor) % BigInt(modulus);
    factor = (factor * factor) % BigInt(modulus);
  }
  return Number(result % BigInt(modulus));
})",
     ""},
    {"lcm", "const lcm = (a, b) => (a === 0 || b === 0 ? 0 : Math.abs(a * b) / gcd(a, b));", "",
     "gcd"},
    {"median", R"(
function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
})",
     ""},
    {"mean", R"(
const mean = (values) => values.reduce((total, value) => total + value, 0) / values.length;
)",
     ""},
    {"variance", R"(
function variance(values, correction = 1) {
  const average = values.reduce((total, value) => total + value, 0) / values.length;
  const squares = values.reduce((total, value) => total + (value - average) ** 2, 0);
  return squares / (values.length - correction);
})",
     ""},
    {"mode", R"(
function mode(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best))[0];
})",
     ""},
    {"shuffle", R"(
function shuffle(items) {
  for (let i = items.length - 1; i > 0; i -= 1) {
    const j = Math.floor(Math.random() * (i + 1));
    [items[i], items[j]] = [items[j], items[i]];
  }
})",
     ""},
};

}  // namespace

std::span<const LocalDefinition> LibraryLocals() { return kLocals; }

}  // namespace asyncport::translate::to_js
