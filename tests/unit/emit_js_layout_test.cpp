// Layout of JavaScript. The sources are written as Prettier 3 writes them (checked with it), so
// that each must come out as it went in; the second table holds those that change.
#include <string>
#include <utility>

#include "unit/js_roundtrip.h"

using namespace asyncport;
using test::JsFile;

namespace {

const char* const kStable[] = {
    // ---- statements
    "if (a) {\n  b();\n} else if (c) {\n  d();\n} else {\n  e();\n}\n",
    "if (a) {\n}\n",
    "while (!(await ready())) {}\n",
    "do {\n  i += 1;\n} while (i < 10);\n",
    "for (let i = 0, n = 3; i < n; i++) {\n  f(i);\n}\n",
    "for (;;) {\n  break;\n}\n",
    "for (const key in object) {\n  f(key);\n}\n",
    "for await (const [a, b] of pairs()) {\n  f(a, b);\n}\n",
    "outer: for (const x of xs) {\n  continue outer;\n}\n",
    "switch (x) {\n  case 1:\n  case 2: {\n    f();\n    break;\n  }\n\n  default:\n    g();\n}\n",
    "try {\n  f();\n} catch {\n  g();\n} finally {\n  h();\n}\n",
    "try {\n  f();\n} catch ({ message }) {}\n",
    "throw new TypeError(`bad ${x}`);\n",
    "let a = 1,\n  b,\n  c = 2;\n",
    "let a, b;\n",
    "a = b = c;\n",
    "a ?\?= b;\n",
    "(async () => {\n  await main();\n})();\n",
    "(function () {\n  f();\n})();\n",
    "({ a, b } = c);\n",
    "({}).toString();\n",
    "const {\n  a: { b },\n} = c;\n",
    "debugger;\n",
    "(a, b);\n",
    // ---- parentheses
    "x = (a && b) || c;\n",
    "x = a || (b ?\? c);\n",
    "x = (a % b) + c;\n",
    "x = (a * b) % c;\n",
    "x = a ** -b;\n",
    "x = (-a) ** b;\n",
    "x = (await a) + b;\n",
    "x = (await a).b;\n",
    "x = !(a in b);\n",
    "x = -(-a);\n",
    "x = typeof (() => {});\n",
    "x = (a, b);\n",
    "x = new (f())();\n",
    "x = new (f().g)();\n",
    "x = new a.b.C();\n",
    "x = (a ? b : c) ? d : e;\n",
    "x = (a?.b).c;\n",
    "x = a?.b.c?.[d]?.(e);\n",
    "x = (1).toFixed(2);\n",
    "x = () => ({});\n",
    "x = () => ({}).a;\n",
    "x = (() => {})();\n",
    "x = a ? (b = 1) : c;\n",
    "while ((m = f())) {\n  g(m);\n}\n",
    "const x = (y = z);\n",
    "f(...(a || b));\n",
    "class A extends (B ?\? C) {}\n",
    "x = (yield_, (a = b));\n",
    "for (let i = (\"a\" in b); i;) {}\n",
    // ---- literals
    "x = \"it's\";\n",
    "x = 'say \"hi\"';\n",
    "x = \"\\n\\t\\\\\\0\\x1b\\u2028é\";\n",
    "x = `a ${b} \\` \\${c}`;\n",
    "x = `first\n  second ${b}\n`;\n",
    "x = String.raw`\\d+`;\n",
    "x = tag`\\d ${b}`;\n",
    "x = /[/]\\d+/giu;\n",
    "x = [1, , 2];\n",
    "x = 10n + 0xff + 1_000 + 2.5 + 1e-7;\n",
    "x = { a, \"b-c\": 1, [d]: 2, 3: 4, ...e, f() {}, get g() {}, async *h() {} };\n",
    "x = {\n  a: 1,\n};\n",
    "x = [\n  [1, 2],\n  [3, 4],\n];\n",
    "x = [\n  100000, 200000, 300000, 400000, 500000, 600000, 700000, 800000, 900000,\n  1000000,\n];\n",
    // ---- functions and classes
    "async function* f({ a, b = 1 }, [c], d = 2, ...e) {\n  yield* g();\n}\n",
    "const f = async (x) => await g(x);\n",
    "const f = (a) => (b) => a + b;\n",
    "const f =\n  ({ a }) =>\n  ({ b }) =>\n    a + b;\n",
    ("class A extends b.C {\n  #x = 1;\n  static y;\n  static {\n    f();\n  }\n\n  constructor() {\n    super();\n  }\n\n"
    "  get [z]() {\n    return #x in this;\n  }\n\n  static async *\"q r\"() {}\n}\n"),
    "x = class extends B {};\n",
    // ---- modules
    "import a, { b as c, d } from \"m\";\nimport * as e from \"m\";\nimport \"m\";\nimport { f } from \"m\";\n",
    "const fs = require(\"fs\");\nconst { a, b: c } = require(\"m\");\nrequire(\"n\");\n",
    "export * from \"m\";\nexport * as a from \"m\";\nexport { b as c, d };\nexport const e = 1;\n",
    "export default function () {}\n",
    "export default class {}\n",
    "export default { a: 1 };\n",
    "x = await import(\"m\");\n",
    // ---- calls
    "setTimeout(() => {\n  f();\n}, 100);\n",
    "promise.then((value) => {\n  f(value);\n});\n",
    "f(function () {\n  g();\n});\n",
    "const [user, posts] = await Promise.all([\n  fetchUserFromTheDatabase(id),\n  fetchPostsFromTheDatabase(id),\n]);\n",
    "const total = items\n  .filter((item) => item.visible)\n  .map((item) => item.price)\n  .reduce((a, b) => a + b, 0);\n",
    "const names = users.filter((u) => u.ok).map((u) => u.name);\n",
    "this.server = http.createServer(options, (request, response) => {\n  response.end();\n});\n",
    "const longest = Object.keys(lengths).reduce((a, b) =>\n  lengths[b] > lengths[a] ? b : a,\n);\n",
    "console.log(\n  \"a long message that does not fit in the line with\",\n  firstValue,\n  secondValue,\n);\n",
    "const ITEMS = Array.from({ length: 23 }, (_, i) => ({\n  id: i + 1,\n  title: `Item ${i + 1}`,\n  tag: i % 3 === 0 ? \"a\" : \"b\",\n}));\n",
    "wrapper\n  .find(\"a\")\n  .map((x) => x)\n  .join(\"\");\n",
    "describe(\"a very long description of what is going on in this place here\", async () => {\n  f();\n});\n",
    "useEffect(() => {\n  f();\n}, [a, b]);\n",
    // ---- breaking
    "const message =\n  \"a string that is so long that it does not fit behind its name at all\" +\n  suffix;\n",
    "const value = condition\n  ? someFunctionWithALongName(argumentNumberOne)\n  : anotherFunctionWithALongName(argumentNumberTwo);\n",
    "const value = first\n  ? \"a value of some length for the first\"\n  : second\n    ? \"a value of some length for the second\"\n    : \"third\";\n",
    "if (\n  aConditionWithALongName === anotherThing &&\n  (aSecondConditionWithALongName || aThirdOne)\n) {\n  f();\n}\n",
    "return (\n  aConditionWithALongName === anotherThing &&\n  aSecondConditionWithALongName === 1\n);\n",
    "const {\n  aaaaaaaaaaaaaaaaaaaa,\n  bbbbbbbbbbbbbbbbbbbbbbb,\n  cccccccccccccccccccc,\n} = require(\"m\");\n",
    "someObject.someProperty.nested.deeply =\n  anotherObject.anotherProperty.nestedJustAsDeeply;\n",
    "function f(\n  aParameterWithALongName,\n  anotherParameterWithALongName,\n  oneMore = 1,\n) {}\n",
    "throw new Error(\n  `a message that is much too long to stand behind the opening bracket ${x}`,\n);\n",
};

const std::pair<const char*, const char*> kChanged[] = {
    {"f( a )", "f(a);\n"},
    {"'use strict'\nf()", "f();\n"},
    {"if (a) b(); else c()", "if (a) {\n  b();\n} else {\n  c();\n}\n"},
    {"i++", "i += 1;\n"},
    {"for (;; i += 1);", "for (; ; i++) {}\n"},
    {"x = {'a': 1}", "x = { a: 1 };\n"},
    {"x = `plain`", "x = \"plain\";\n"},
    {"x => x", "(x) => x;\n"},
    {"var a = require('a'), b = 1", "const a = require(\"a\");\n\nvar b = 1;\n"},
    {"const a = require('m').b", "const a = require(\"m\").b;\n"},
    {"let x = .5 + 5. + 017 + 0XFF", "let x = 0.5 + 5.0 + 0o17 + 0xff;\n"},
    {"x = '\\u0061\\ud83d\\ude00'", "x = \"a\xF0\x9F\x98\x80\";\n"},
    {"function a() {}\nf()", "function a() {}\n\nf();\n"},
    {"class A { a() {}\nb() {} }", "class A {\n  a() {}\n\n  b() {}\n}\n"},
    {"f(); // why", "f(); // why\n"},
    {"// why\n\n/* block */\nf();", "// why\n\n/* block */\nf();\n"},
    {"/** @param x */\nfunction f(x) {}", "/** @param x */\nfunction f(x) {}\n"},
    {"f(a, // first\n  b)", "f(\n  a, // first\n  b,\n);\n"},
    {"x = [ // numbers\n 1, // one\n 2]", nullptr},
    {"if (a) {\n} // end\nelse {\n  b()\n}", nullptr},
    {"if (a) {\n  // nothing\n}", "if (a) {\n  // nothing\n}\n"},
    {"function f(/* x */ a) {}", nullptr},
    {"f(a\n// last\n)", "f(\n  a,\n  // last\n);\n"},
    {"f(// nothing\n)", "f(\n  // nothing\n);\n"},
    {"export /* why */ const x = 1", nullptr},
    {"const x = `a` /* why */", nullptr},
    {"x = {\"\\u06f1\": 1, \"\\u00e9\": 2}", "x = { \"\u06f1\": 1, \u00e9: 2 };\n"},
    {"f();\n\n\n\n// last", "f();\n\n// last\n"},
};

}  // namespace

TEST_CASE("emit js: Prettier's layout is a fixed point") {
  for (const char* text : kStable) {
    JsFile file(text);
    CAPTURE(text);
    std::string emitted = file.Emit();
    CHECK(file.parsed.value().errors.empty());
    CHECK(emitted == text);
    CHECK(test::Problem(file, emitted) == "");
    CHECK(ir::Verify(file.tree, file.tree.root(), Language::kJs).empty());
  }
}

TEST_CASE("emit js: other sources get that layout") {
  for (const auto& [text, expected] : kChanged) {
    JsFile file(text);
    CAPTURE(text);
    std::string emitted = file.Emit();
    if (expected != nullptr) CHECK(emitted == expected);
    CHECK(test::Problem(file, emitted) == "");
  }
}

TEST_CASE("emit js: deep sources") {
  auto repeat = [](const std::string& unit, int count) {
    std::string out;
    for (int i = 0; i < count; ++i) out += unit;
    return out;
  };
  for (const std::string& text :
       {"x" + repeat(" + x", 2900), "x" + repeat(".y()", 1400), repeat("!", 1000) + "x",
        repeat("a => ", 1000) + "x", repeat("if (a) b(); else ", 900) + "c();"}) {
    JsFile file(text);
    std::string emitted = file.Emit();
    CHECK(!emitted.empty());
  }
}
