// The local definitions about text and regular expressions.
// Example: `text.expandtabs(4)` needs `function expandTabs(text, size = 8) {...}`.
#include "translate/to_js/quote.h"

namespace asyncport::translate::to_js {

namespace {

constexpr LocalDefinition kLocals[] = {
    {"camelCase", R"js(
function camelCase(name) {
  if (!/[a-z]/.test(name)) return name;
  return name.replace(/(?<=[^_])_+([^_])/g, (_, letter) => letter.toUpperCase());
})js",
     ""},
    {"shallowCopy", R"(
function shallowCopy(value) {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return [...value];
  if (value instanceof Map || value instanceof Set || value instanceof Date) return new value.constructor(value);
  return Object.assign(Object.create(Object.getPrototypeOf(value)), value);
})",
     ""},
    {"deepCopy", R"(
function deepCopy(value, copies = new Map()) {
  if (value === null || typeof value !== "object") return value;
  if (value.constructor?.members?.includes(value)) return value; //?enums
  if (copies.has(value)) return copies.get(value);
  if (value instanceof Date) return new Date(value);
  const isCollection = value instanceof Map || value instanceof Set;
  const copy = isCollection ? new value.constructor() : Object.create(Object.getPrototypeOf(value));
  const result = Array.isArray(value) ? [] : copy;
  copies.set(value, result);
  if (value instanceof Set) {
    for (const item of value) result.add(deepCopy(item, copies));
  } else if (value instanceof Map) {
    for (const [key, item] of value) result.set(deepCopy(key, copies), deepCopy(item, copies));
  } else {
    for (const [key, item] of Object.entries(value)) result[key] = deepCopy(item, copies);
  }
  return result;
})",
     ""},
    {"joinUrl", R"js(
function joinUrl(base, url) {
  const joined = new URL(url, base).href;
  const isHost = /^\w+:\/\/[^/?#]+$/.test(url === "" ? base : url);
  return isHost ? joined.replace(/\/$/, "") : joined;
})js",
     ""},
    {"splitUrl", R"js(
function splitUrl(url) {
  const pattern = /^(?:([A-Za-z][\w+.-]*):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s;
  const [, scheme = "", netloc = "", path, query = "", fragment = ""] = pattern.exec(url);
  const [, hostname = null, port = null] = /^(?:.*@)?([^:]+)(?::(\d+))?$/.exec(netloc.toLowerCase()) ?? [];
  return { scheme: scheme.toLowerCase(), netloc, path, query, fragment, hostname, port: port && Number(port) };
})js",
     ""},
    {"parseQuery", R"js(
function parseQuery(text) {
  const values = {};
  for (const [key, value] of new URLSearchParams(text)) {
    if (value !== "") (values[key] ??= []).push(value);
  }
  return values;
})js",
     ""},
    {"isInstance", R"(
const isInstance = (value, type) =>
  [type].flat().some((one) => (one === Object ? value?.constructor === Object : Object(value) instanceof one) && value !== null);
)", ""},
    {"typeLabel", R"(
const typeLabel = (type) =>
  ({ String: "str", Number: "int", Boolean: "bool", Array: "list", Object: "dict", Set: "set" })[type.name] ?? type.name;
)", ""},
    {"bitLength", "const bitLength = (n) => (n === 0 ? 0 : Math.abs(n).toString(2).length);", ""},
    {"TextBuffer", R"(
class TextBuffer {
  #text;
  #position = 0;

  constructor(text = "") {
    this.#text = text;
  }

  write(text) {
    this.#text += text;
    return text.length;
  }

  read() {
    const rest = this.#text.slice(this.#position);
    this.#position = this.#text.length;
    return rest;
  }

  readline() {
    const end = this.#text.indexOf("\n", this.#position) + 1 || this.#text.length;
    const line = this.#text.slice(this.#position, end);
    this.#position = end;
    return line;
  }

  seek(position) {
    this.#position = position;
    return position;
  }

  tell() {
    return this.#position;
  }

  truncate(size = this.#position) {
    this.#text = this.#text.slice(0, size);
    return size;
  }

  toString() {
    return this.#text;
  }

  *[Symbol.iterator]() {
    let start = this.#position;
    for (const line of this.#text.slice(start).match(/[^\n]*\n|[^\n]+/g) ?? []) {
      this.#position = start += line.length;
      yield line;
    }
  }
})", ""},
    {"parseCsv", R"(
function* parseCsv(text, delimiter = ",") {
  const escaped = delimiter.replace(/[|.*+?^$]/, "\\$&");
  const cell = new RegExp(`("(?:[^"]|"")*"|[^${escaped}\r\n]*)(${escaped}|\r?\n|$)`, "y");
  let row = [];
  while (cell.lastIndex < text.length) {
    const [, value, end] = cell.exec(text);
    row.push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value);
    if (end === delimiter && cell.lastIndex < text.length) continue;
    if (end === delimiter) row.push("");
    yield row.length === 1 && value === "" ? [] : row;
    row = [];
  }
})", ""},
    {"readRecords", R"(
function* readRecords(text, delimiter = ",") {
  let header;
  for (const row of parseCsv(text, delimiter)) {
    if (row.length === 0) continue;
    if (header === undefined) {
      header = row;
    } else {
      yield Object.fromEntries(header.map((name, i) => [name, row[i] ?? null]));
    }
  }
})", ""},
    {"csvLine", R"(
function csvLine(row, delimiter = ",") {
  const cells = row.map((value) => String(value ?? ""));
  const quoted = cells.map((cell) =>
    /["\r\n]/.test(cell) || cell.includes(delimiter) ? `"${cell.replaceAll('"', '""')}"` : cell,
  );
  return quoted.join(delimiter);
})", ""},
    {"floatText", "const floatText = (x) => (Number.isInteger(x) ? x.toFixed(1) : String(x));", ""},
    {"encodeWith", R"(
function encodeWith(fallback) {
  return function encode(key, value) {
    const given = this[key];
    if (given instanceof Map) return Object.fromEntries(given); //?maps
    const isPlain = given === null || typeof given !== "object" || Array.isArray(given);
    return isPlain || given.constructor === Object ? value : fallback(given);
  };
})",
     ""},
    {"makeTranslation", R"(
function makeTranslation(from, to = "", dropped = "") {
  const pairs = typeof from === "string" ? [...from].map((ch, i) => [ch, [...to][i]]) : Object.entries(from);
  return new Map([...pairs, ...[...dropped].map((ch) => [ch, null])]);
})",
     ""},
    {"translate", R"(
const translate = (text, table) =>
  [...text].map((ch) => (table.has(ch) ? (table.get(ch) ?? "") : ch)).join("");
)",
     ""},
    {"replaceAtMost", R"(
function replaceAtMost(text, from, to, limit) {
  const parts = text.split(from);
  if (limit < 0 || parts.length <= limit + 1) return parts.join(to);
  return [...parts.slice(0, limit), parts.slice(limit).join(from)].join(to);
})",
     ""},
    {"findBetween", R"(
function findBetween(text, part, start, end) {
  const at = text.slice(0, end).indexOf(part, start < 0 ? start + text.length : start);
  return at;
})",
     ""},
    {"findLastFrom", R"(
function findLastFrom(text, part, start) {
  const at = text.lastIndexOf(part);
  return at >= (start < 0 ? start + text.length : start) ? at : -1;
})",
     ""},
    {"expandTabs", R"(
function expandTabs(text, size = 8) {
  let column = 0;
  return text.replace(/\t|\r?\n|[^\t\r\n]+/g, (part) => {
    if (part === "\t") part = " ".repeat(size - (column % size));
    column = part.endsWith("\n") ? 0 : column + part.length;
    return part;
  });
})",
     ""},
    {"tee", R"(
function tee(items, count = 2) {
  const all = [...items];
  return Array.from({ length: count }, () => all.values());
})",
     ""},
    {"dedent", R"(
function dedent(text) {
  const lines = text.split("\n").map((line) => (line.trim() === "" ? "" : line));
  const margins = lines.filter((line) => line !== "").map((line) => line.length - line.trimStart().length);
  const margin = Math.min(...margins);
  return lines.map((line) => line.slice(margin)).join("\n");
})",
     ""},
    {"indent", R"(
const indent = (text, prefix) => text.replace(/^(?=.*\S)/gm, prefix);
)",
     ""},
    {"wrapText", R"(
function wrapText(text, width = 70) {
  const lines = [];
  for (let word of text.match(/\S+/g) ?? []) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
      continue;
    }
    while (word.length > width) {
      lines.push(word.slice(0, width));
      word = word.slice(width);
    }
    lines.push(word);
  }
  return lines;
})",
     ""},
    {"escapeHtml", R"(
function escapeHtml(text, quotes = true) {
  const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return quotes ? escaped.replaceAll('"', "&quot;").replaceAll("'", "&#x27;") : escaped;
})",
     ""},
    {"matchesGlob", R"(
function matchesGlob(text, pattern) {
  const source = pattern
    .replace(/[.+^${}()|\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".")
    .replaceAll("[!", "[^");
  return new RegExp(`^(?:${source})$`, "s").test(text);
})",
     ""},
    {"countText", R"(
function countText(text, part) {
  return part === "" ? text.length + 1 : text.split(part).length - 1;
})",
     ""},
    {"splitLines", R"(
function splitLines(text, keepEnds = false) {
  const lines = text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [];
  return keepEnds ? lines : lines.map((line) => line.replace(/\r?\n$|\r$/, ""));
})",
     ""},
    {"formatText", R"(
function formatText(template, positional, named = {}) {
  let next = 0;
  return template.replace(/\{\{|\}\}|\{(\w*)\}/g, (field, name) => {
    if (name === undefined) return field[0];
    if (name === "") return String(positional[next++]);
    return String(/^\d+$/.test(name) ? positional[name] : named[name]);
  });
})",
     ""},
    {"stripCharacters", R"(
function stripCharacters(text, characters, ends = "both") {
  let start = 0;
  let end = text.length;
  while (ends !== "end" && start < end && characters.includes(text[start])) start += 1;
  while (ends !== "start" && end > start && characters.includes(text[end - 1])) end -= 1;
  return text.slice(start, end);
})",
     ""},
    {"groupDigits", R"(
const groupDigits = (digits, separator) => digits.replace(/\B(?=(\d{3})+(?!\d))/g, separator);
)",
     ""},
    {"padZeros", R"(
function padZeros(text, width, fill = "0") {
  const sign = /^[+-]/.test(text) ? text[0] : "";
  return sign + text.slice(sign.length).padStart(width - sign.length, fill);
})",
     ""},
    {"formatGeneral", R"(
function formatGeneral(value, precision = 6) {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
  const digits = Math.max(1, precision);
  const exponent = value === 0 ? 0 : Number(value.toExponential(digits - 1).split("e")[1]);
  if (exponent < -4 || exponent >= digits) {
    const [mantissa, power] = value.toExponential(digits - 1).split("e");
    const short = mantissa.includes(".") ? mantissa.replace(/\.?0+$/, "") : mantissa;
    return `${short}e${power[0]}${power.slice(1).padStart(2, "0")}`;
  }
  const fixed = value.toFixed(Math.max(0, digits - 1 - exponent));
  return fixed.includes(".") ? fixed.replace(/\.?0+$/, "") : fixed;
})",
     ""},
    // ---- regular expressions
    {"matchAt", R"(
function matchAt(regex, text, position = 0) {
  const sticky = new RegExp(regex, `${regex.flags.replace(/[gy]/g, "")}y`);
  sticky.lastIndex = position;
  return sticky.exec(text);
})",
     ""},
    {"searchFrom", R"(
function searchFrom(regex, text, position) {
  const global = new RegExp(regex, `${regex.flags.replace(/[gy]/g, "")}g`);
  global.lastIndex = position;
  return global.exec(text);
})",
     ""},
    {"globally", "const globally = (regex) => new RegExp(regex, `${regex.flags}g`);", ""},
    {"matchWhole", R"(
const matchWhole = (regex, text) => text.match(new RegExp(`^(?:${regex.source})$`, regex.flags));
)",
     ""},
    {"findAll", R"(
const findAll = (text, regex) =>
  [...text.matchAll(regex)].map((match) => {
    if (match.length <= 2) return match.at(-1) ?? "";
    return match.slice(1).map((group) => group ?? "");
  });
)",
     ""},
    {"replaceMatches", R"(
function replaceMatches(text, regex, replace) {
  let result = "";
  let end = 0;
  for (const match of text.matchAll(regex)) {
    result += text.slice(end, match.index) + replace(match);
    end = match.index + match[0].length;
  }
  return result + text.slice(end);
})",
     ""},
    {"splitByPattern", R"(
function splitByPattern(text, regex, limit) {
  const parts = [];
  let end = 0;
  for (const match of [...text.matchAll(regex)].slice(0, limit)) {
    parts.push(text.slice(end, match.index), ...match.slice(1));
    end = match.index + match[0].length;
  }
  return [...parts, text.slice(end)];
})",
     ""},
};

}  // namespace

std::span<const LocalDefinition> TextLocals() { return kLocals; }

}  // namespace asyncport::translate::to_js
