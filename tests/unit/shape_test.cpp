// Concurrency shapes: what small programs of both languages wait for, that the two languages' spellings of one thing are
// equal, and what the comparison of a source with its translation finds.
#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "catch_compat.hpp"
#include "facts/facts.h"
#include "lower/lower.h"
#include "shape/shape.h"
#include "syntax/cst.h"

using namespace asyncport;

namespace {

struct Program {
  std::unique_ptr<Source> source;
  std::unique_ptr<ir::Tree> tree;
  std::unique_ptr<facts::Facts> facts;
};

Program Read(Language language, const std::string& text) {
  Program program;
  program.source = std::make_unique<Source>(language == Language::kJs ? "t.js" : "t.py", text);
  auto parsed = syntax::Parse(*program.source, language, {});
  REQUIRE(parsed.ok());
  REQUIRE(parsed.value().errors.empty());
  diag::Diagnostics diagnostics;
  program.tree = std::make_unique<ir::Tree>(lower::Lower(
      parsed.value().cst, *program.source, std::make_shared<StringTable>(), {}, diagnostics));
  program.facts = facts::Infer(*program.tree, {});
  return program;
}

// Every example may call these asynchronous functions, and `plain`, which is not.
std::string Js(const std::string& body, const std::string& parameters = "") {
  return "async function f(x) {}\nasync function g(x) {}\nasync function h(x) {}\nfunction plain(x) {}\n"
         "async function run(" + parameters + ") {\n" + body + "\n}\n";
}
std::string Py(const std::string& body, const std::string& parameters = "") {
  std::string indented;
  for (std::string_view line : SplitLines(body)) {
    indented += "    " + std::string(line) + "\n";
  }
  return "import asyncio\n\nasync def f(x=0):\n    pass\nasync def g(x=0):\n    pass\nasync def h(x=0):\n"
         "    pass\ndef plain(x=0):\n    pass\nasync def run(" + parameters + "):\n" + indented;
}

shape::Shape RunShape(const Program& program) {
  for (const shape::FunctionShape& entry : shape::BuildAll(*program.facts)) {
    if (entry.name == "run") return entry.shape;
  }
  return {};
}

std::string JsShape(const std::string& body, const std::string& parameters = "") {
  const Program program = Read(Language::kJs, Js(body, parameters));
  return shape::Text(RunShape(program));
}
std::string PyShape(const std::string& body, const std::string& parameters = "") {
  const Program program = Read(Language::kPy, Py(body, parameters));
  return shape::Text(RunShape(program));
}

TEST_CASE("shapes of JavaScript") {
  CHECK(JsShape("plain();") == "-");
  CHECK(JsShape("await f(); await g();") == "Seq(f, g)");
  CHECK(JsShape("await f(await g());") == "Seq(g, f)");
  CHECK(JsShape("return f();") == "f");
  CHECK(JsShape("const [a, b] = await Promise.all([f(), g()]);") == "Par(all, f, g)");
  CHECK(JsShape("await Promise.all([f(), other(), 3]);") == "Par(all, f, other)");
  CHECK(JsShape("await Promise.allSettled([f(), g()]);") == "Par(settled, f, g)");
  CHECK(JsShape("await Promise.race([f(), g()]);") == "Par(first, f, g)");
  CHECK(JsShape("await Promise.any([f(), g()]);") == "Par(first-success, f, g)");
  CHECK(JsShape("const p = f(); await g(); await p;") == "Seq(Start(p, f), g, Join(p))");
  CHECK(JsShape("f();") == "Detach(f)");
  CHECK(JsShape("void f();") == "Detach(f)");
  CHECK(JsShape("f().catch(() => {});") == "Detach(Guard(f))");
  CHECK(JsShape("await f().then((x) => g(x)).catch(() => h());") == "Guard(Seq(f, g), h)");
  CHECK(JsShape("for (const x of xs) await f(x);") == "Loop(f)");
  CHECK(JsShape("for await (const x of f()) await g(x);") == "Loop(Seq(f, g))");
  CHECK(JsShape("while (await f()) { plain(); }") == "Loop(f)");
  CHECK(JsShape("if (x) await f(); else await g();", "x") == "Branch(f, g)");
  CHECK(JsShape("const y = x ? await f() : 1;", "x") == "Branch(f)");
  CHECK(JsShape("x && (await f());", "x") == "Branch(f)");
  CHECK(JsShape("try { await f(); } catch { await g(); } finally { await h(); }") == "Guard(f, g, h)");
  CHECK(JsShape("await Promise.all(xs.map((x) => f(x)));") == "Par(all, Loop(f))");
  CHECK(JsShape("await Promise.all(xs.map(async (x) => { await f(x); await g(x); }));") ==
        "Par(all, Loop(Seq(f, g)))");
  CHECK(JsShape("const ps = xs.map((x) => f(x)); await Promise.all(ps);") ==
        "Seq(Start(ps, Loop(f)), Par(all, Join(ps)))");
  CHECK(JsShape("xs.forEach(async (x) => { await f(x); });") == "Detach(Loop(f))");
  CHECK(JsShape("xs.forEach((x) => { f(x); });") == "Loop(Detach(f))");
  CHECK(JsShape("const ps = []; for (const x of xs) ps.push(f(x)); await Promise.all(ps);") ==
        "Seq(Loop(Start(ps, f)), Par(all, Join(ps)))");
  CHECK(JsShape("await (async () => { await f(); })();") == "f");
  CHECK(JsShape("await new Promise((resolve) => setTimeout(resolve, 1500));") == "sleep(1.5)");
  CHECK(JsShape("setTimeout(async () => { await f(); }, 10);") == "-");
  CHECK(JsShape("await p;", "p") == "(value)");
  CHECK(JsShape("await Promise.race([f(), new Promise((_, reject) => setTimeout(() => reject(new Error('t')), 2000))]);") ==
        "Timeout(2, f)");
}

TEST_CASE("shapes of Python") {
  CHECK(PyShape("plain()") == "-");
  CHECK(PyShape("await f()\nawait g()") == "Seq(f, g)");
  CHECK(PyShape("f()") == "-");
  CHECK(PyShape("a, b = await asyncio.gather(f(), g())") == "Par(all, f, g)");
  CHECK(PyShape("await asyncio.gather(f(), g(), return_exceptions=True)") == "Par(settled, f, g)");
  CHECK(PyShape("await asyncio.gather(*(f(x) for x in xs))") == "Par(all, Loop(f))");
  CHECK(PyShape("await asyncio.gather(*[f(x) for x in xs])") == "Par(all, Loop(f))");
  CHECK(PyShape("t = asyncio.create_task(f())\nawait g()\nawait t") == "Seq(Start(t, f), g, Join(t))");
  CHECK(PyShape("c = f()\nawait g()\nawait c") == "Seq(g, f)");
  CHECK(PyShape("ts = [asyncio.create_task(f(x)) for x in xs]\nawait asyncio.gather(*ts)") ==
        "Seq(Start(ts, Loop(f)), Par(all, Join(ts)))");
  CHECK(PyShape("cs = [f(x) for x in xs]\nawait asyncio.gather(*cs)") == "Par(all, Loop(f))");
  CHECK(PyShape("asyncio.create_task(f())") == "Detach(f)");
  CHECK(PyShape("async with asyncio.TaskGroup() as tg:\n    a = tg.create_task(f())\n    b = tg.create_task(g())") ==
        "Par(group, f, g)");
  CHECK(PyShape("async with asyncio.TaskGroup() as tg:\n    for x in xs:\n        tg.create_task(f(x))\n    await h()") ==
        "Par(group, Loop(f), h)");
  CHECK(PyShape("async with asyncio.timeout(2):\n    await f()") == "Timeout(2, f)");
  CHECK(PyShape("await asyncio.wait_for(f(), timeout=1.5)") == "Timeout(1.5, f)");
  CHECK(PyShape("sem = asyncio.Semaphore(3)\nasync with sem:\n    await f()") == "Limit(3, f)");
  CHECK(PyShape("await asyncio.sleep(1)") == "sleep(1)");
  CHECK(PyShape("await asyncio.to_thread(plain, 1)") == "plain");
  CHECK(PyShape("async for x in f():\n    await g(x)") == "Loop(Seq(f, g))");
  CHECK(PyShape("xs = [await f(x) for x in y]", "y") == "Loop(f)");
  CHECK(PyShape("try:\n    await f()\nexcept KeyError:\n    await g()\nexcept ValueError:\n    await h()") ==
        "Guard(f, Branch(g, h))");
  CHECK(PyShape("while True:\n    await f()") == "Loop(f)");
  CHECK(PyShape("await asyncio.shield(f())") == "f");
}

TEST_CASE("the same concurrency is equal in either language") {
  const auto js = [](const std::string& body) { return RunShape(Read(Language::kJs, Js(body))); };
  const auto py = [](const std::string& body) { return RunShape(Read(Language::kPy, Py(body))); };
  const std::string all = "await Promise.all([f(), g()]);";
  CHECK(shape::Equal(js(all), py("await asyncio.gather(f(), g())")));
  CHECK(shape::Equal(js(all), py("await asyncio.gather(g(), f())")));
  CHECK(shape::Equal(js(all), js("const a = f(); const b = g(); await a; await b;")));
  CHECK(shape::Equal(js(all), js("const a = f(); const b = g(); await Promise.all([a, b]);")));
  CHECK(shape::Equal(js(all), js("const a = f(); await g(); await a;")));
  CHECK(shape::Equal(js(all), py("a = asyncio.create_task(f())\nb = asyncio.create_task(g())\nawait a\nawait b")));
  const std::string group =
      "async with asyncio.TaskGroup() as tg:\n    tg.create_task(f())\n    tg.create_task(g())";
  CHECK(shape::Equal(js(all), py(group)));
  CHECK_FALSE(shape::Equal(js(all), py(group), false));
  CHECK_FALSE(shape::Equal(js(all), py("await f()\nawait g()")));
  CHECK_FALSE(shape::Equal(js(all), py("await asyncio.gather(f(), h())")));
  CHECK(shape::Equal(js("const ps = xs.map((x) => f(x)); await Promise.all(ps);"),
                     py("await asyncio.gather(*(f(x) for x in xs))")));
  CHECK(shape::Equal(js("const userTask = f(); await g(); await h(); await userTask;"),
                     py("task = asyncio.create_task(f())\nawait g()\nawait h()\nawait task")));
  CHECK(shape::Equal(js("await new Promise((r) => setTimeout(r, 5));"), py("await asyncio.sleep(0.005)")));
}

std::string Changes(const std::string& js, const std::string& py) {
  const Program source = Read(Language::kJs, js);
  const Program target = Read(Language::kPy, py);
  std::string out;
  for (const shape::Change& change : shape::Compare(*source.facts, *target.facts, {})) {
    if (!out.empty()) out += "; ";
    out += std::string(shape::NameOf(change.kind)) + " " + change.name;
    if (change.kind == shape::Change::Kind::kMark || change.kind == shape::Change::Kind::kStarted) {
      out += " " + std::string(NameOf(change.source)) + "->" + std::string(NameOf(change.target));
    }
  }
  return out;
}

TEST_CASE("a translation that keeps every operation has no changes") {
  CHECK(Changes(Js("await f(); const p = g(); await h(); await p; f();"),
                Py("await f()\ntask = asyncio.create_task(g())\nawait h()\nawait task\n"
                   "background.add(asyncio.create_task(f()))")) == "started f detached->started");
  CHECK(Changes(Js("await f(); f();"), Py("await f()\nasyncio.create_task(f())")) == "");
  CHECK(Changes("async function fetchUser() {}\nasync function main() { await fetchUser(); }\nmain();\n",
                "import asyncio\nasync def fetch_user():\n    pass\nasync def main():\n    await fetch_user()\n"
                "if __name__ == \"__main__\":\n    asyncio.run(main())\n") == "");
  CHECK(Changes("const sleep = (ms) => new Promise((r) => setTimeout(r, ms));\nasync function a() { await sleep(5); }\n",
                "import asyncio\nasync def a():\n    await asyncio.sleep(0.005)\n") == "");
}

TEST_CASE("helpers and callbacks by name") {
  const auto dump = [](const std::string& text) { return shape::Dump(*Read(Language::kJs, text).facts); };
  CHECK(dump("const wait = (ms) => new Promise((r) => setTimeout(r, ms));\nasync function a() { await wait(20); }\n") ==
        "wait: sleep\na: sleep(0.02)\n");
  // A function that takes a while is no helper for sleeping.
  CHECK(dump("const load = () => new Promise((r) => setTimeout(r, 10));\nasync function a() { await load(); }\n") ==
        "load: sleep(0.01)\na: load\n");
  CHECK(dump("async function f() {}\nasync function a() { await Promise.resolve().then(f); }\n") ==
        "a: Seq(Promise.resolve, f)\n");
  CHECK(JsShape("await Promise.all(xs.map((x) => unknown(x)));") == "Par(all, Loop(unknown))");
  CHECK(PyShape("await asyncio.gather(*(unknown(x) for x in xs))") == "Par(all, Loop(unknown))");
  CHECK(JsShape("await api.users.fetchUser(1);") == "fetchUser");
}

TEST_CASE("what may differ and what may not") {
  const auto forbidden = [](const std::string& js, const std::string& py) {
    const Program source = Read(Language::kJs, js);
    const Program target = Read(Language::kPy, py);
    const auto changes = shape::Compare(*source.facts, *target.facts, {});
    return std::count_if(changes.begin(), changes.end(), shape::IsForbidden);
  };
  CHECK(forbidden(Js("await f();"), Py("plain()")) == 1);
  CHECK(forbidden(Js("await f();"), Py("await other()")) == 0);
  CHECK(forbidden(Js("f();"), Py("await f()")) == 0);
  CHECK(forbidden(Js("await f();"), Py("asyncio.create_task(f())")) == 1);
  CHECK(forbidden(Js("plain();"), Py("await f()")) == 0);
}

TEST_CASE("operations that vanish or change their mark are found") {
  CHECK(Changes(Js("await f();"), Py("plain()")) == "lost f");
  CHECK(Changes(Js("plain();"), Py("await f()")) == "extra f");
  CHECK(Changes(Js("f();"), Py("await f()")) == "mark f detached->awaited");
  CHECK(Changes(Js("const p = f(); await g(); await h(); await p;"), Py("p = f()\nawait g()\nawait h()\nawait p")) ==
        "started f started->awaited");
}

TEST_CASE("every function has its line") {
  const Program program =
      Read(Language::kJs, "async function f() {}\nclass A { async m() { await f(); } }\nconst k = async () => { await f(); };\n"
                          "await k();\n");
  CHECK(shape::Dump(*program.facts) == "<module>: k\nA.m: f\nk: f\n");
}

}  // namespace
