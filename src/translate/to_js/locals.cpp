// The local definitions that stand in a translated file where nothing in Node or the language serves: each is what an
// engineer would have written there, at most once per file. Placed by Local() of quote.h.
// Example: `-7 % 3` needs `const mod = (a, n) => ((a % n) + n) % n;`.
#include "translate/to_js/cancellation.h"
#include "translate/to_js/quote.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

#include <string>

#include "support/check.h"

namespace asyncport::translate::to_js {

using ir::NodeId;

namespace {

constexpr LocalDefinition kLocals[] = {
    {"mod", "const mod = (a, n) => ((a % n) + n) % n;", ""},
    {"divmod", "const divmod = (a, n) => [Math.floor(a / n), mod(a, n)];", "", "mod"},
    {"linesOf", "const linesOf = (text) => text.match(/[^\\n]*\\n|[^\\n]+/g) ?? [];", ""},
    {"words", "const words = (text) => text.match(/\\S+/g) ?? [];", ""},
    {"capitalize",
     "const capitalize = (text) => text.charAt(0).toUpperCase() + text.slice(1).toLowerCase();", ""},
    {"centre", R"(
const centre = (text, width, fill = " ") => {
  const left = Math.floor((width - text.length) / 2);
  return text.padStart(text.length + left, fill).padEnd(width, fill);
};)", ""},
    // str.center gives the odd place to the left where the width is odd; f"{x:^5}" never does.
    {"centerText", R"(
function centerText(text, width, fill = " ") {
  const missing = Math.max(0, width - text.length);
  const left = Math.floor(missing / 2) + (missing & width & 1);
  return fill.repeat(left) + text + fill.repeat(missing - left);
})", ""},
    {"roundHalfEven", R"(
function roundHalfEven(value) {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
})", ""},
    // A tie is a multiple of a power of two, and those products are exact.
    {"roundTo", R"(
function roundTo(value, digits) {
  const scaled = Math.abs(value) * 10 ** digits;
  const isTie = scaled % 1 === 0.5 && Number.isInteger(value * 2 ** (digits + 1));
  if (!isTie) return Number(value.toFixed(digits));
  return (Math.sign(value) * 2 * Math.round(scaled / 2)) / 10 ** digits;
})", ""},
    {"internedValues", "const internedValues = new Map();", ""},
    {"intern", R"(
function intern(value) {
  const text = inspect(value, { customInspect: false, depth: null, maxArrayLength: null, sorted: true });
  if (!internedValues.has(text)) internedValues.set(text, value);
  return internedValues.get(text);
})", "node:util:inspect", "internedValues"},
    {"keyOf", R"(
const keyOf = (value) => (Array.isArray(value) || value instanceof Set ? intern(value) : value);
)", "", "intern"},
    {"zip", R"(
function zip(...lists) {
  const length = Math.min(...lists.map((list) => list.length));
  return Array.from({ length }, (_, i) => lists.map((list) => list[i]));
})", ""},
    {"range", R"(
function range(start, end, step = 1) {
  const length = Math.max(0, Math.ceil((end - start) / step));
  return Array.from({ length }, (_, i) => start + i * step);
})", ""},
    {"parseInteger", R"(
function parseInteger(text) {
  if (typeof text === "number") return Math.trunc(text);
  if (typeof text !== "string") throw new TypeError("int() argument must be a string or a number");
  if (!/^\s*[+-]?\d+(_\d+)*\s*$/.test(text)) {
    throw new ValueError(`invalid literal for int() with base 10: '${text}'`);
  }
  return Number(text.replaceAll("_", ""));
})", ""},
    {"parseNumber", R"(
function parseNumber(text) {
  if (typeof text !== "string") return Number(text);
  const number = text.trim().toLowerCase().replace(/(?<=\d)_(?=\d)/g, "");
  if (/^[+-]?nan$/.test(number)) return NaN;
  if (!/^[+-]?((\d+\.?\d*|\.\d+)(e[+-]?\d+)?|inf|infinity)$/.test(number)) {
    throw new ValueError(`could not convert string to float: '${text}'`);
  }
  return Number(number.replace(/inf(inity)?/, "Infinity"));
})", ""},
    {"isEmpty", R"(
function isEmpty(value) {
  if (Array.isArray(value) || typeof value === "string") return value.length === 0;
  if (value instanceof Map || value instanceof Set) return value.size === 0;
  if (value === null || typeof value !== "object") return !value;
  return Object.getPrototypeOf(value) === Object.prototype && Object.keys(value).length === 0;
})", ""},
    {"contains", R"(
function contains(container, item) {
  if (typeof container === "string" || Array.isArray(container)) return container.includes(item);
  if (typeof container?.has === "function") return container.has(item);
  if (typeof container?.[Symbol.iterator] === "function") return [...container].includes(item);
  return Object.hasOwn(container, item);
})", ""},
    {"sliceBySteps", R"(
function sliceBySteps(items, start, stop, step) {
  const bound = (index, low, high) => Math.min(Math.max(index < 0 ? index + items.length : index, low), high);
  const [low, high] = step > 0 ? [0, items.length] : [-1, items.length - 1];
  const first = start === null ? (step > 0 ? low : high) : bound(start, low, high);
  const end = stop === null ? (step > 0 ? high : low) : bound(stop, low, high);
  const length = Math.max(0, Math.ceil((end - first) / step));
  const taken = Array.from({ length }, (_, i) => items[first + i * step]);
  return typeof items === "string" ? taken.join("") : taken;
})", ""},
    {"removeItem", R"(
function removeItem(items, item) {
  const index = items.indexOf(item);
  if (index === -1) throw new ValueError("list.remove(x): x not in list");
  items.splice(index, 1);
})", ""},
    {"groupBy", R"(
function groupBy(items, key) {
  const groups = [];
  for (const item of items) {
    const value = key(item);
    if (groups.length > 0 && groups.at(-1)[0] === value) {
      groups.at(-1)[1].push(item);
    } else {
      groups.push([value, [item]]);
    }
  }
  return groups;
})", ""},
    {"countItems", R"(
function countItems(items) {
  const counts = new Map();
  for (const item of items) {
    counts.set(item, (counts.get(item) ?? 0) + 1);
  }
  return counts;
})", ""},
    {"take", R"(
function* take(items, limit) {
  const iterator = items[Symbol.iterator]();
  for (let taken = 0; taken < limit; taken += 1) {
    const { value, done } = iterator.next();
    if (done) return;
    yield value;
  }
})", ""},
    {"gcd", "const gcd = (a, b) => (b === 0 ? Math.abs(a) : gcd(b, a % b));", ""},
    {"count", R"(
function* count(start = 0, step = 1) {
  for (let n = start; ; n += step) yield n;
})", ""},
    {"sortKeys", R"(
function sortKeys(value) {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)); //?objects
  const pairs = value instanceof Map ? value : Object.entries(value); //?maps
  const entries = [...pairs].sort(([a], [b]) => (a < b ? -1 : 1)); //?maps
  return Object.fromEntries(entries.map(([key, item]) => [key, sortKeys(item)]));
})", ""},
    {"factorial", "const factorial = (n) => (n <= 1 ? 1 : n * factorial(n - 1));", ""},
    {"escapeRegExp", "const escapeRegExp = (text) => text.replace(/[.*+?^${}()|[\\]\\\\]/g, \"\\\\$&\");", ""},
    {"combinations", R"(
function combinations(items, size) {
  if (size === 0) return [[]];
  return items.flatMap((item, i) =>
    combinations(items.slice(i + 1), size - 1).map((rest) => [item, ...rest]),
  );
})", ""},
    {"product", R"(
const product = (...lists) =>
  lists.reduce((rows, list) => rows.flatMap((row) => [...list].map((item) => [...row, item])), [[]]);
)", ""},
    {"accumulate", R"(
function accumulate(items) {
  let total = 0;
  return items.map((item) => (total += item));
})", ""},
    {"partition", R"(
function partition(text, separator) {
  const at = text.indexOf(separator);
  if (at === -1) return [text, "", ""];
  return [text.slice(0, at), separator, text.slice(at + separator.length)];
})", ""},
    {"rpartition", R"(
function rpartition(text, separator) {
  const at = text.lastIndexOf(separator);
  if (at === -1) return ["", "", text];
  return [text.slice(0, at), separator, text.slice(at + separator.length)];
})", ""},
    {"splitAtMost", R"(
function splitAtMost(text, separator, limit) {
  const parts = text.split(separator);
  if (limit < 0 || parts.length <= limit + 1) return parts;
  return [...parts.slice(0, limit), parts.slice(limit).join(separator)];
})", ""},
    {"splitFromEnd", R"(
function splitFromEnd(text, separator, limit) {
  const parts = text.split(separator);
  if (limit < 0 || parts.length <= limit + 1) return parts;
  const cut = parts.length - limit;
  return [parts.slice(0, cut).join(separator), ...parts.slice(cut)];
})", ""},
    {"popItem", R"(
function popItem(items) {
  const [item] = items;
  items.delete(item);
  return item;
})", ""},
    {"popKey", R"(
function popKey(object, key) {
  const value = object[key];
  delete object[key];
  return value;
})", ""},
    {"popEntry", R"(
function popEntry(map, key) {
  const value = map.get(key);
  map.delete(key);
  return value;
})", ""},
    {"setDefault", R"(
function setDefault(map, key, value) {
  if (!map.has(key)) map.set(key, value);
  return map.get(key);
})", ""},
    {"moveToEnd", R"(
function moveToEnd(map, key) {
  const value = map.get(key);
  map.delete(key);
  map.set(key, value);
})", ""},
    {"memoize", R"(
function memoize(fn) {
  const cache = new Map();
  return (...args) => {
    const key = JSON.stringify(args);
    if (!cache.has(key)) cache.set(key, fn(...args));
    return cache.get(key);
  };
})", ""},
    {"lruCache", R"(
function lruCache(fn, maxsize = 128) {
  const cache = new Map();
  let hits = 0;
  let misses = 0;
  const cached = (...args) => {
    const key = JSON.stringify(args);
    const isHit = cache.has(key);
    const value = isHit ? cache.get(key) : fn(...args);
    if (isHit) {
      hits += 1;
    } else {
      misses += 1;
    }
    cache.delete(key);
    cache.set(key, value);
    if (cache.size > (maxsize ?? Infinity)) cache.delete(cache.keys().next().value);
    return value;
  };
  cached.cacheInfo = () => ({ hits, misses, maxsize, currsize: cache.size });
  cached.cacheClear = () => {
    cache.clear();
    hits = 0;
    misses = 0;
  };
  return cached;
})", ""},
};

}  // namespace

const LocalDefinition* FindLocal(std::string_view name) {
  for (auto locals : {std::span<const LocalDefinition>(kLocals), LibraryLocals(), TextLocals(), AsyncLocals(), LineLocals(),
                      StreamLocals(), OrderLocals()}) {
    for (const LocalDefinition& local : locals) {
      if (local.name == name) return &local;
    }
  }
  return nullptr;
}

NodeId Local(Context& c, std::string_view name, NodeId origin) {
  const LocalDefinition* definition = FindLocal(name);
  AP_CHECK(definition, "no local definition " + std::string(name), Span{});
  if (!definition->after.empty()) Local(c, definition->after);
  if (name == "Task" && AsksForTasks(c)) {
    c.Library("node:async_hooks:AsyncLocalStorage");
    c.Library("node:events:once");
  }
  if ((name == "reprError" || name == "typeName") && ErrorsAreRenamed(c)) Local(c, "errorName");
  if (!definition->import.empty()) c.Library(definition->import);
  return DefineOnce(c, name, name == "compare" ? CompareCode(c) : LocalCode(c, *definition), origin);
}

}  // namespace asyncport::translate::to_js
