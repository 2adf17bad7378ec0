// See grade_driver.h.
#include "cli/grade_driver.h"

#include <cstddef>

#include "support/json_text.h"
#include "support/strings.h"

namespace asyncport::cli {
namespace {

namespace sim = grade::sim;

// A second of the exercise is a twentieth of one here.
constexpr std::string_view kPython = R"py(
import asyncio, importlib.abc, importlib.machinery, inspect, json, sys, time, types

config = json.load(open("/box/config.json", encoding="utf-8"))
saying = False
given = {}


def key(name):
    return name.replace("_", "").lower()


def say(*parts):
    if saying:
        print("\x02" + " ".join(parts), flush=True)


class Result(dict):
    """What a function gives where the exercise does not say."""

    def __init__(self, name):
        super().__init__(name=name)
        self.__dict__["_name"] = name

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Result(self._name + "." + name)

    def __missing__(self, name):
        return Result(f"{self._name}.{name}")

    def __hash__(self):
        return id(self)


def value(literal, name):
    kind = literal["kind"]
    if kind == "list":
        return [value(item, name) for item in literal["items"]]
    if kind == "map":
        return {k: value(item, name) for k, item in zip(literal["keys"], literal["items"])}
    if kind == "given":
        return given[key(literal["text"])]
    if kind == "opaque":
        return Result(name)
    if kind == "null":
        return None
    number = literal.get("number", 0)
    return {"string": literal["text"], "bool": bool(number)}.get(kind, int(number) if number == int(number) else number)


def stub(function):
    name, kind = function["name"], function["kind"]
    calls = 0

    def seconds():
        nonlocal calls
        calls += 1
        times = function["times"]
        return 0.05 * (times[calls - 1] if calls <= len(times) else function["seconds"])

    def result():
        return value(function["result"], name) if function["result"] else Result(name)

    async def asynchronous(*args, **named):
        say("begin", name)
        await asyncio.sleep(seconds())
        say("end", name)
        return result()

    def synchronous(*args, **named):
        say("begin", name)
        if kind == "blocking" or config["synchronous"]:
            time.sleep(seconds())
        say("end", name)
        return result()

    async def stream(*args, **named):
        say("begin", name)
        items = result()
        for item in items if isinstance(items, list) else [Result(name), Result(name)]:
            await asyncio.sleep(seconds())
            yield item
        say("end", name)

    def callback(*args, **named):
        say("begin", name)
        done = next((part for part in args if callable(part) and not isinstance(part, Result)), None)

        def end():
            say("end", name)
            if done:
                done(None, result())

        asyncio.get_running_loop().call_later(seconds(), end)

    if config["synchronous"]:
        return synchronous
    return {"async": asynchronous, "stream": stream, "callback": callback}.get(kind, synchronous)


for function in config["functions"]:
    given[key(function["name"])] = stub(function)


class Surroundings(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Modules that are not there hold the given functions."""

    def find_spec(self, name, path=None, target=None):
        return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec):
        module = types.ModuleType(spec.name)
        module.__getattr__ = lambda name: given.get(key(name)) or Result(name) if not name.startswith("__") else None
        module.__path__ = []
        return module

    def exec_module(self, module):
        pass


sys.meta_path.append(Surroundings())
space = {function["name"]: given[key(function["name"])] for function in config["functions"]}
names = list(space)
space["__name__"] = "answer"


def leaves(item, depth=0):
    if depth > 8:
        return
    if isinstance(item, Result):
        yield item._name
    elif isinstance(item, dict):
        for part in item.values():
            yield from leaves(part, depth + 1)
    elif isinstance(item, (list, tuple, set, frozenset)):
        for part in item:
            yield from leaves(part, depth + 1)
    elif hasattr(item, "__dict__") and not callable(item) and not isinstance(item, BaseException):
        yield from leaves(vars(item), depth + 1)
    elif hasattr(item, "__slots__"):
        yield from leaves([getattr(item, slot) for slot in item.__slots__ if hasattr(item, slot)], depth + 1)
    else:
        yield "nothing" if item is None else str(item).lower() if isinstance(item, bool) else str(item)


def values(item):
    """What is in a result, in whatever shape: sorted texts."""
    return sorted(leaves(item))


def arguments_of(function, is_class=False, args=()):
    wanted = [] if is_class else list(args) or [value(literal, "argument") for literal in config["arguments"]]
    plain, named = [], {}
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return wanted, named
    for parameter in parameters:
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            if parameter.kind == parameter.VAR_POSITIONAL:
                plain += wanted
                wanted = []
            continue
        if key(parameter.name) in given:
            item = given[key(parameter.name)]
        elif wanted:
            item = wanted.pop(0)
        elif parameter.default is not parameter.empty:
            continue
        else:
            item = Result(parameter.name)
        if parameter.kind == parameter.KEYWORD_ONLY:
            named[parameter.name] = item
        else:
            plain.append(item)
    return plain, named


def entry():
    path = config["entry"].split(".")
    part = space.get(path[0])
    if part is None:
        part = next((item for name, item in space.items() if key(name) == key(path[0])), None)
    for name in path[1:]:
        if isinstance(part, type):
            plain, named = arguments_of(part, True)
            part = part(*plain, **named)
        part = getattr(part, name)
    return part


async def answer(*args):
    function = entry()
    plain, named = arguments_of(function, False, args)
    outcome = function(*plain, **named)
    if inspect.isawaitable(outcome):
        outcome = await outcome
    if hasattr(outcome, "__aiter__"):
        outcome = [item async for item in outcome]
    elif inspect.isgenerator(outcome):
        outcome = list(outcome)
    return outcome


def load():
    global saying
    saying = config["entry"] == "<module>"
    exec(compile(open("/box/answer", encoding="utf-8").read(), "answer", "exec"), space)
    saying = True
    for name in names:  # stubs of its own would say nothing
        space[name] = given[key(name)]


async def run():
    if config["driver"]:
        scope = {"answer": answer, "values": values, "asyncio": asyncio, "print": lambda *parts: say("printed", *map(str, parts))}
        lines = "".join("    " + line for line in config["driver"].splitlines(True))
        exec(compile("async def drive():\n" + lines, "driver", "exec"), scope)
        await scope["drive"]()
        return
    outcome = await answer()
    for leaf in values(outcome):
        say("gave", leaf)


try:
    load()
    if config["entry"] != "<module>":
        asyncio.run(run())
except BaseException as error:
    say("failed", type(error).__name__)
)py";

constexpr std::string_view kJavaScript = R"js(
const { AsyncLocalStorage } = require("node:async_hooks");
const { isBuiltin } = require("node:module");
const fs = require("node:fs");

const config = JSON.parse(fs.readFileSync("/box/config.json", "utf8"));
// What the answer's own driver does besides is not of interest.
const ours = new AsyncLocalStorage();
const key = (name) => String(name).replaceAll("_", "").toLowerCase();
const log = console.log.bind(console);
const say = (...parts) => {
  if (ours.getStore() || config.entry === "<module>") log("\x02" + parts.join(" "));
};
const sleep = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

const names = new WeakMap();
const result = (name) => {
  const made = new Proxy({}, {
    get(target, property) {
      if (property in target || typeof property === "symbol") return target[property];
      if (property === "then" || property === "toJSON" || property === "length") return undefined;
      return (target[property] = result(`${name}.${property}`));
    },
  });
  names.set(made, name);
  return made;
};

const given = {};
const value = (literal, name) => {
  switch (literal.kind) {
    case "list": return literal.items.map((item) => value(item, name));
    case "map": return Object.fromEntries(literal.keys.map((k, i) => [k, value(literal.items[i], name)]));
    case "given": return given[key(literal.text)];
    case "opaque": return result(name);
    case "null": return null;
    case "string": return literal.text;
    case "bool": return literal.number !== 0;
    default: return literal.number;
  }
};

const stub = (f) => {
  let calls = 0;
  const seconds = () => 0.05 * (f.times[calls++] ?? f.seconds);
  const outcome = () => (f.result ? value(f.result, f.name) : result(f.name));
  const blocking = () => {
    say("begin", f.name);
    if (f.kind === "blocking" || config.synchronous)
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, seconds() * 1000);
    say("end", f.name);
    return outcome();
  };
  if (config.synchronous) return blocking;
  switch (f.kind) {
    case "async":
      return (...args) => {
        say("begin", f.name);
        const signal = args.map((a) => (a instanceof AbortSignal ? a : a?.signal)).find((s) => s instanceof AbortSignal);
        return new Promise((resolve, reject) => {
          const timer = setTimeout(() => {
            say("end", f.name);
            resolve(outcome());
          }, seconds() * 1000);
          signal?.addEventListener("abort", () => {
            clearTimeout(timer);
            reject(signal.reason);
          });
        });
      };
    case "stream":
      return async function* () {
        say("begin", f.name);
        const items = outcome();
        for (const item of Array.isArray(items) ? items : [result(f.name), result(f.name)]) {
          await sleep(seconds());
          yield item;
        }
        say("end", f.name);
      };
    case "callback":
      return (...args) => {
        say("begin", f.name);
        const done = args.find((a) => typeof a === "function");
        setTimeout(() => {
          say("end", f.name);
          done?.(null, outcome());
        }, seconds() * 1000);
      };
    default:
      return blocking;
  }
};
for (const f of config.functions) {
  given[key(f.name)] = stub(f);
  globalThis[f.name] = given[key(f.name)];
}

// Modules that are not there hold the given functions.
const surroundings = new Proxy({}, { get: (_, name) => given[key(name)] ?? (name === "default" || typeof name === "symbol" ? undefined : result(String(name))) });
const load = (name) => (isBuiltin(name) ? require(name) : surroundings);
const bindings = (list) => list.replace(/\bas\b/g, ":").replace(/\btype\s/g, "");
const source = (text) =>
  text
    .replace(/^#!.*/, "")
    .replace(/^\s*import\s+(?:([\w$]+)\s*,?\s*)?(?:\*\s*as\s+([\w$]+)\s*)?(?:\{([^}]*)\}\s*)?(?:from\s*)?(["'])([^"']+)\4\s*;?/gm, (all, one, star, list, quote, name) => {
      const from = `$load(${JSON.stringify(name)})`;
      return [one && `const ${one} = ${from}.default ?? ${from};`, star && `const ${star} = ${from};`, list && `const {${bindings(list)}} = ${from};`]
        .filter(Boolean)
        .join(" ");
    })
    .replace(/^export\s+default\s+(?=(?:async\s*)?(?:function\s*\*?\s*)?\(|(?:async\s+)?[\w$]+\s*=>|class\s*\{)/gm, "const $default = ")
    .replace(/^export\s+(?:default\s+)?(?=[\w$])/gm, "")
    .replace(/^export\s*\{[^}]*\}\s*;?/gm, "")
    .replace(new RegExp(`^(?:const|let)(?=\\s+(?:${config.functions.map((f) => f.name).join("|")})\\s*=)`, "gm"), "var");

const AsyncFunction = (async () => {}).constructor;
const path = (config.entry || "$default").split(".");
const module_ = { exports: {} };
const strict = /^\s*(?:import|export)\b/m;

const leaves = function* (item, depth = 0) {
  if (depth > 8 || typeof item === "function") return;
  if (item === undefined || item === null) yield "nothing";
  else if (names.has(item)) yield names.get(item);
  else if (item instanceof Error) return;
  else if (item instanceof Map || item instanceof Set || Array.isArray(item)) for (const part of item.values()) yield* leaves(part, depth + 1);
  else if (typeof item === "object") for (const part of Object.values(item)) yield* leaves(part, depth + 1);
  else yield String(item);
};
const values = (item) => [...leaves(item)].sort();

const paramsOf = (f) => {
  const text = Function.prototype.toString.call(f);
  const inside = /^(?:async\s*)?(?:function\s*\*?\s*[\w$]*\s*|[\w$#*]*\s*)?\(([^]*?)\)\s*(?:=>|\{)/.exec(text);
  const bare = /^(?:async\s+)?([\w$]+)\s*=>/.exec(text);
  return bare ? [bare[1]] : (inside?.[1] ?? "").trim() === "" ? [] : inside[1].split(/,(?![^{[(]*[}\])])/).map((p) => p.trim());
};
const argumentsOf = (f, isClass, args = []) => {
  const wanted = isClass ? [] : args.length ? args : config.arguments.map((literal) => value(literal, "argument"));
  const out = [];
  for (const parameter of isClass ? /constructor\s*\(([^)]*)\)/.exec(String(f))?.[1].split(",").map((p) => p.trim()).filter(Boolean) ?? [] : paramsOf(f)) {
    const name = /^[\w$]+/.exec(parameter)?.[0];
    if (parameter.startsWith("...")) out.push(...wanted.splice(0));
    else if (name && given[key(name)]) out.push(given[key(name)]);
    else if (parameter.startsWith("{") && (typeof wanted[0] !== "object" || names.has(wanted[0]))) {
      const fields = {};
      out.push(new Proxy(fields, { get: (_, n) => given[key(n)] ?? (n in fields || typeof n === "symbol" ? fields[n] : (fields[n] = wanted.shift())), has: () => true }));
    } else if (wanted.length) out.push(wanted.shift());
    else if (parameter.includes("=")) out.push(undefined);
    else out.push(result(name ?? "argument"));
  }
  return out.concat(wanted);
};

const run = async () => {
  const text = fs.readFileSync("/box/answer", "utf8");
  const back = config.functions.map((f) => `try { ${f.name} = $given[${JSON.stringify(key(f.name))}]; } catch {}`).join(" ");
  const what = config.entry === "<module>" ? "undefined" : `typeof ${path[0]} === "undefined" ? undefined : ${path[0]}`;
  const body = `${strict.test(text) ? '"use strict";' : ""}${source(text)}\n;${back}\nreturn ${what};`;
  let part = await new AsyncFunction("require", "module", "exports", "$load", "$given", body)(load, module_, module_.exports, load, given);
  if (config.entry === "<module>") return;
  part ??= typeof module_.exports === "function" ? module_.exports : module_.exports[path[0]];
  for (const name of path.slice(1)) {
    const owner = typeof part === "function" && part.prototype && !part[name] ? new part(...argumentsOf(part, true)) : part;
    const member = owner[name];
    part = Object.assign((...args) => member.apply(owner, args), { toString: () => String(member), of: member });
  }
  const answer = async (...args) => {
    let outcome = await part(...argumentsOf(part.of ?? part, false, args));
    if (typeof outcome === "function") outcome = await outcome(...argumentsOf(outcome, false));
    if (outcome && !names.has(outcome) && typeof outcome[Symbol.asyncIterator] === "function") {
      const items = [];
      for await (const item of outcome) items.push(item);
      outcome = items;
    }
    return outcome;
  };
  await ours.run(true, async () => {
    if (config.driver) return new AsyncFunction("answer", "values", "console", config.driver)(answer, values, { log: (...parts) => say("printed", ...parts) });
    for (const leaf of values(await answer())) say("gave", leaf);
  });
};
run().catch((error) => ours.run(true, () => say("failed", error?.name ?? typeof error)));
)js";

void AppendLiteral(std::string& out, const sim::Literal& literal) {
  static constexpr std::string_view kKinds[] = {"opaque", "null", "bool", "number",
                                                "string", "list", "map",  "given"};
  out +=
      "{\"kind\":\"" + std::string(kKinds[static_cast<std::size_t>(literal.kind)]) + "\",\"text\":";
  AppendJsonString(out, literal.text);
  out += ",\"number\":" + std::to_string(literal.number) + ",\"keys\":[";
  for (std::size_t i = 0; i < literal.keys.size(); ++i) {
    if (i != 0) out += ',';
    AppendJsonString(out, literal.keys[i]);
  }
  out += "],\"items\":[";
  for (std::size_t i = 0; i < literal.items.size(); ++i) {
    if (i != 0) out += ',';
    AppendLiteral(out, literal.items[i]);
  }
  out += "]}";
}

}  // namespace

std::string_view DriverText(Language language) {
  return language == Language::kPy ? kPython : kJavaScript;
}

std::string DriverConfig(const grade::Exercise& exercise, Language language,
                         const std::string& entry, bool synchronous) {
  static constexpr std::string_view kKinds[] = {"async", "sync", "callback", "stream", "blocking"};
  const grade::Scenario& scenario = exercise.scenarios.front();
  std::string out = "{\"entry\":";
  AppendJsonString(out, entry);
  out += std::string(",\"synchronous\":") + (synchronous ? "true" : "false") + ",\"driver\":";
  AppendJsonString(out, language == Language::kPy ? exercise.driver_py : exercise.driver_js);
  out += ",\"arguments\":[";
  for (std::size_t i = 0; i < scenario.arguments.size(); ++i) {
    if (i != 0) out += ',';
    AppendLiteral(out, scenario.arguments[i]);
  }
  out += "],\"functions\":[";
  bool is_first = true;
  for (const sim::GivenFunction& f : scenario.functions) {
    if (!is_first) out += ',';
    is_first = false;
    out += "{\"name\":";
    const bool own = language == exercise.language;
    AppendJsonString(out, own                         ? f.name
                          : language == Language::kPy ? ToSnakeCase(f.name)
                                                      : ToCamelCase(f.name));
    out += ",\"kind\":\"" + std::string(kKinds[f.kind]) +
           "\",\"seconds\":" + std::to_string(f.seconds) + ",\"times\":[";
    for (std::size_t i = 0; i < f.times.size(); ++i)
      out += (i != 0 ? "," : "") + std::to_string(f.times[i]);
    out += "],\"result\":";
    if (f.result) {
      AppendLiteral(out, *f.result);
    } else {
      out += "null";
    }
    out += '}';
  }
  return out + "]}";
}

}  // namespace asyncport::cli
