// Type inference: a source text, an expression in it, and the type that it must have.
#include "facts/library.h"
#include "unit/catch_compat.hpp"
#include "unit/facts_source.h"

namespace {

using namespace asyncport;
using tests::SourceFacts;

struct Case {
  const char* source;
  const char* expression;  // the last place with this text
  const char* type;
};

void Check(Language language, const Case& c) {
  INFO(c.source);
  SourceFacts facts(language, c.source);
  REQUIRE(facts.Find(c.expression));
  CHECK(facts.Type(c.expression) == c.type);
}

TEST_CASE("facts: types of JavaScript") {
  const Case cases[] = {
      {"const a = 1 + 2;", "a", "int"},
      {"const a = 7 / 2;", "a", "float"},
      {"const a = Math.floor(7 / 2) * 3;", "a", "int"},
      {"const a = 1 + 'x';", "a", "str"},
      {"const row = '3,4'.split(','); use(row[0]);", "row[0]", "str"},
      {"const xs = []; xs.push(1); xs.push('a'); use(xs);", "xs", "list<int | str>"},
      {"const n = [1, 2].map((x) => String(x)); use(n);", "n", "list<str>"},
      {"const t = [1, 2].reduce((sum, x) => sum + x, 0); use(t);", "t", "int"},
      {"const o = { id: 1, name: 'a' }; use(o);", "o", "{id: int, name: str}"},
      {"const { name, age = 3 } = { name: 'x' }; use(age);", "age", "int"},
      {"const { name, ...rest } = { name: 'x', id: 1 }; use(rest);", "rest",
       "{name: str, id: int}"},
      {"const m = new Map(); m.set('a', 1); use(m.get('a'));", "m.get('a')", "undefined | int"},
      {"const s = new Set(['a']); for (const x of s) use(x);", "x", "str"},
      {"for (const [k, v] of Object.entries({ a: 1 })) use(v);", "v", "int"},
      {"function f(a) { return a * 2; } use(f(3));", "f(3)", "int"},
      {"const add = (a, b) => a + b; use(add('x', 'y'));", "add('x', 'y')", "str"},
      {"async function f() { return 'x'; } const p = f(); use(p);", "p", "promise<str>"},
      {"async function f() { return 'x'; } const p = await f(); use(p);", "p", "str"},
      {"class P { constructor(x) { this.x = x; } } const p = new P(1); use(p.x);", "p.x", "int"},
      {"class A { get size() { return 1; } } use(new A().size);", "new A().size", "int"},
      {"class B { n = 0; } class C extends B {} use(new C().n);", "new C().n", "int"},
      {"class E extends Error {} try { f(); } catch (e) { if (e instanceof E) use(e); }", "e",
       "instance<E>"},
      {"try { f(); } catch (err) { use(err.message); }", "err.message", "str"},
      {"let u = null; u = [1]; use(u);", "u", "list<int>"},
      {"function f(u = null) { if (u === null) return; use(u); } f(); f('x');", "u", "str"},
      {"function f(x) { if (typeof x === 'string') use(x); }", "x", "str"},
      {"function f(x) { if (Array.isArray(x)) use(x); } f([1]); f('a');", "x", "list<int>"},
      {"const found = [1].find((x) => x > 0); use(found ?? 2);", "found ?? 2", "int"},
      {"const delay = (ms, v) => new Promise((r) => setTimeout(() => r(v), ms));\n"
       "const a = await delay(1, 'x'); const b = await delay(1, 2); use(a);",
       "a", "str"},
      {"const [a, b] = await Promise.all([delay('x'), 2]); async function delay(v) { return v; } use(a);",
       "a", "str"},
      {"function* g() { yield 1; } for (const x of g()) use(x);", "x", "int"},
      {"const jobs = {}; jobs[key] ?\?= load(); async function load() { return 1; } use(await jobs[key]);",
       "await jobs[key]", "int"},
      {"const r = JSON.parse(text); use(r.items);", "r.items", "unknown"},
      {"use(library(1));", "library(1)", "unknown"},
      {"const words = text.match(/a/g) ?? []; const text = 'b'; console.log(words);", "words",
       "list<str>"},
  };
  for (const Case& c : cases) Check(Language::kJs, c);
}

TEST_CASE("facts: types of Python") {
  const Case cases[] = {
      {"a = 7 / 2\nuse(a)", "a", "float"},
      {"a = 7 // 2\nuse(a)", "a", "int"},
      {"a = 'ab' * 2\nuse(a)", "a", "str"},
      {"a = '%d' % 5\nuse(a)", "a", "str"},
      {"xs = []\nxs.append(1)\nuse(xs)", "xs", "list<int>"},
      {"counts = {}\nfor w in 'a b'.split():\n    counts[w] = counts.get(w, 0) + 1\nuse(counts)",
       "counts", "dict<str, int>"},
      {"a, *rest = [1, 2]\nuse(rest)", "rest", "list<int>"},
      {"d = {'id': 1}\nuse(d['id'])", "d['id']", "int"},
      {"squares = [n * n for n in range(3)]\nuse(squares)", "squares", "list<int>"},
      {"for i, name in enumerate(['a']):\n    use(i)", "i", "int"},
      {"for a, b in zip([1], ['x']):\n    use(b)", "b", "str"},
      {"def f(user: str | None = None):\n    if user is None:\n        return\n    use(user)",
       "user", "str"},
      {"def f(x):\n    if isinstance(x, int):\n        use(x)", "x", "bool | int"},
      {"async def f():\n    return 1\nc = f()\nuse(c)", "c", "coroutine<int>"},
      {"import asyncio\nasync def f():\n    return 1\nasync def main():\n    t = asyncio.create_task(f())\n"
       "    use(await t)",
       "await t", "int"},
      {"import asyncio\nasync def f(v):\n    return v\nasync def main():\n"
       "    a, b = await asyncio.gather(f(1), f('x'))\n    use(b)",
       "b", "str"},
      {"import asyncio\nasync def main():\n    q = asyncio.Queue()\n    await q.put('x')\n    use(await q.get())",
       "await q.get()", "str"},
      {"class P:\n    def __init__(self, x):\n        self.x = x\n    def __add__(self, other):\n"
       "        return P(self.x + other.x)\nuse((P(1) + P(2)).x)",
       "(P(1) + P(2)).x", "int"},
      {"from dataclasses import dataclass\n@dataclass\nclass P:\n    x: int\n    tags: list[str]\np = P(1, [])\n"
       "use(p.tags)",
       "p.tags", "list<str>"},
      {"from enum import Enum\nclass Colour(Enum):\n    RED = 'r'\nuse(Colour.RED)", "Colour.RED",
       "instance<Colour>"},
      {"try:\n    f()\nexcept (KeyError, ValueError) as err:\n    use(err)", "err",
       "instance<KeyError> | instance<ValueError>"},
      {"import re\nm = re.match('a', 'b')\nif m:\n    use(m)", "m", "match"},
      {"from pathlib import Path\ntext = Path('a').read_text()\nuse(text)", "text", "str"},
      {"with open('a') as f:\n    use(f.read())", "f.read()", "str"},
      {"import functools\ndef log(fn):\n    @functools.wraps(fn)\n    def inner(*args):\n"
       "        return fn(*args)\n    return inner\n@log\ndef f(n):\n    return n\nuse(f(1))",
       "f(1)", "int"},
      {"from contextlib import asynccontextmanager\n@asynccontextmanager\nasync def session():\n    yield 1\n"
       "async def main():\n    async with session() as s:\n        use(s)",
       "s", "int"},
      {"value = input()\nvalue = int(value)\nuse(value)", "value", "int"},
  };
  for (const Case& c : cases) Check(Language::kPy, c);
}

TEST_CASE("facts: known elements, unknown ones, and none") {
  SourceFacts facts(Language::kJs, "const a = []; const b = []; fill(b); console.log(a, b);");
  CHECK(facts->type(facts->type(facts->TypeOf(facts.Find("a"))).element).kind ==
        facts::TypeKind::kNever);
  CHECK(facts->type(facts->type(facts->TypeOf(facts.Find("b"))).element).kind ==
        facts::TypeKind::kUnknown);
}

TEST_CASE("facts: Only and May") {
  SourceFacts facts(Language::kJs, "const a = c ? 1 : 'x'; use(a); use(other);");
  using facts::TypeKind;
  const ir::NodeId a = facts.Find("a");
  CHECK(facts->Only(a, {TypeKind::kInt, TypeKind::kStr}));
  CHECK_FALSE(facts->Only(a, {TypeKind::kStr}));
  CHECK(facts->May(a, {TypeKind::kStr}));
  CHECK_FALSE(facts->May(a, {TypeKind::kList}));
  CHECK_FALSE(facts->Only(facts.Find("other"), {TypeKind::kInt}));
  CHECK(facts->May(facts.Find("other"), {TypeKind::kInt}));
}

TEST_CASE("facts: numbers that are not negative") {
  struct SignCase {
    Language language;
    const char* source;
    const char* expression;
    bool proven;
  };
  const SignCase cases[] = {
      {Language::kJs, "for (let i = 0; i < n; i++) use(i);", "i", true},
      {Language::kJs, "for (let i = n; i > 0; i--) use(i);", "i", false},
      {Language::kJs, "use(xs.length % 3);", "xs.length % 3", true},
      {Language::kJs, "use(xs.length - 1);", "xs.length - 1", false},
      {Language::kJs, "[1].map((x, i) => use(i));", "i", true},
      {Language::kJs, "[1].map((x, i) => use(x));", "x", false},
      {Language::kJs, "function f(n) { use(n); } f(1); f(2);", "n", true},
      {Language::kJs, "function f(n) { use(n); } f(1); f(-2);", "n", false},
      {Language::kJs, "function f(n) { use(n); } f(1); g(f);", "n", false},
      {Language::kJs, "let a = 0; let b = 0; a = b; b = a; use(a);", "a", true},
      {Language::kJs, "let a = 0; let b = 0; a = b; b = a; b = -1; use(a);", "a", false},
      {Language::kPy, "for i, x in enumerate(xs):\n    use(i)", "i", true},
      {Language::kPy, "for i in range(5, 0, -1):\n    use(i)", "i", false},
      {Language::kPy, "def f(n):\n    use(max(n, 0))", "max(n, 0)", true},
  };
  for (const SignCase& c : cases) {
    INFO(c.source);
    SourceFacts facts(c.language, c.source);
    CHECK(facts->IsNonNegative(facts.Find(c.expression)) == c.proven);
  }
}

TEST_CASE("facts: members of library types have names") {
  SourceFacts js(
      Language::kJs,
      "class Bus extends EventEmitter { f() { this.emit('x'); this.own(); } own() {} }\n"
      "import { EventEmitter } from 'events'; [1].push(2); use(new AbortController().abort());");
  CHECK(js->ResolvedName(js.Find("[1].push")) == "Array#push");
  CHECK(js->ResolvedName(js.Find("new AbortController().abort")) == "AbortController#abort");
  CHECK(js->ResolvedName(js.Find("this.emit")) == "node:events.EventEmitter#emit");
  CHECK(js->ResolvedName(js.Find("this.own")).empty());
  SourceFacts py(Language::kPy,
                 "import asyncio\nq = asyncio.Queue()\nq.get_nowait()\n', '.join([])\n");
  CHECK(py->ResolvedName(py.Find("q.get_nowait")) == "asyncio.Queue#get_nowait");
  CHECK(py->ResolvedName(py.Find("', '.join")) == "str#join");
}

TEST_CASE("facts: a callee's definition") {
  SourceFacts facts(
      Language::kJs,
      "class A { run() {} } const a = new A(); a.run(); const f = () => 1; f(); let g = f; g = other; g();");
  CHECK(facts->CalleeDefinition(facts.Find("a.run()")) == facts.Function("run"));
  CHECK(facts->CalleeDefinition(facts.Find("f()")) == facts.Function("f"));
  CHECK_FALSE(facts->CalleeDefinition(facts.Find("g()")));
}

TEST_CASE("facts: every signature of the library tables can be read") {
  for (auto table : {facts::JsLibrary(), facts::PyLibrary(), facts::PyAsyncLibrary()}) {
    for (const facts::LibraryEntry& entry : table) {
      INFO(entry.name << ": " << entry.signature);
      CHECK_FALSE(facts::ParseSignature(entry.signature).terms.empty());
    }
  }
}

TEST_CASE("facts: inference ends on what feeds itself") {
  for (const char* source : {
           "let a = []; a.push(a); a = [a, { a }]; use(a);",
           "function f(x) { return f([x]); } f(1);",
           "const o = {}; o.o = o; o.f = () => o.f; o.f()()();",
           "async function f() { return f(); } use(await f());",
           "class A extends B {} class B extends A {} new A().x();",
           "const a = b, b = a; a.c();",
       }) {
    INFO(source);
    SourceFacts facts(Language::kJs, source);
    CHECK_FALSE(facts->Dump().empty());
  }
}

}  // namespace
