// Lessons about sources: the examples of the cards whose engine is advise/, tricky cases from the documented behaviour
// of the rules they follow, and suppression comments.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "advise/advise.h"
#include "catch_compat.hpp"
#include "facts/facts.h"
#include "lower/lower.h"
#include "rules/card_reader.h"
#include "syntax/cst.h"

using namespace asyncport;

namespace {

std::vector<diag::Diagnostic> Advise(Language language, const std::string& text) {
  const Source source(language == Language::kJs ? "t.js" : "t.py", text);
  auto parsed = syntax::Parse(source, language, {});
  REQUIRE(parsed.ok());
  REQUIRE(parsed.value().errors.empty());
  diag::Diagnostics lowering;
  const ir::Tree tree = lower::Lower(parsed.value().cst, source, std::make_shared<StringTable>(), {}, lowering);
  const comments::Attached attached = comments::Attach(parsed.value().cst, source, tree);
  const std::unique_ptr<facts::Facts> facts = facts::Infer(tree, {});
  std::vector<diag::Diagnostic> list = advise::Advise(*facts, attached, source, lowering.Take());
  for (const diag::Diagnostic& d : list) {
    const diag::Entry* entry = diag::FindEntry(d.id);
    REQUIRE(entry != nullptr);
    const std::string message = diag::FormatMessage(entry->message, d.args);
    CHECK(message.find("{call}") == std::string::npos);
    CHECK(message.find("{first}") == std::string::npos);
    CHECK(d.span.end <= text.size());
  }
  return list;
}

// "1 floating-promise; 4 await-in-loop": line and id.
std::string Found(Language language, const std::string& text, std::string_view only = {}) {
  const Source source("t", text);
  std::string out;
  for (const diag::Diagnostic& d : Advise(language, text)) {
    if (!only.empty() && d.id != only) continue;
    // The short functions of these tests wait for nothing.
    if (only.empty() && d.id == "unnecessary-async") continue;
    if (!out.empty()) out += "; ";
    out += std::to_string(source.Position(d.span.begin).line) + " " + d.id;
  }
  return out;
}

// The same from the marks `//~ id` and `#~ id`.
std::string Marked(const std::string& text, std::string_view id) {
  std::string out;
  unsigned number = 0;
  for (std::string_view line : SplitLines(text)) {
    ++number;
    const std::size_t mark = std::min(line.find("//~ "), line.find("#~ "));
    if (mark == std::string_view::npos || line.find(id, mark) == std::string_view::npos) continue;
    if (!out.empty()) out += "; ";
    out += std::to_string(number) + " " + std::string(id);
  }
  return out;
}

TEST_CASE("the examples of the lessons whose engine is advise") {
  std::size_t cards = 0;
  const std::filesystem::path folder = std::string(ASYNCPORT_SOURCE_DIR) + "/rules/lessons";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".md") continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const auto card = rules::ReadCard("lessons", entry.path().stem().string(), text);
    INFO(entry.path().string());
    if (!card.ok()) FAIL_CHECK(card.error());
    if (!card.ok() || card.value().engine != "advise") continue;
    ++cards;
    const std::string& id = card.value().id;
    CHECK(diag::FindEntry(id) != nullptr);
    for (const rules::Example& example : card.value().examples) {
      INFO(example.before);
      const std::string marked = Marked(example.before, id);
      CHECK(marked.empty() == example.untouched);
      CHECK(Found(example.language, example.before, id) == marked);
    }
  }
  CHECK(cards >= 6);
}

constexpr const char* kJsHead = "async function f() { await go(); }\n";

TEST_CASE("floating promises") {
  const auto found = [](const std::string& text) { return Found(Language::kJs, kJsHead + text, "floating-promise"); };
  const std::string hit = "2 floating-promise";
  CHECK(found("f();") == hit);
  CHECK(found("a ? f() : 1;") == hit);
  CHECK(found("a && f();") == hit);
  CHECK(found("f(), 1;") == hit);
  CHECK(found("f().finally(() => {});") == hit);
  CHECK(found("f().then(() => {});") == hit);
  CHECK(found("f().catch();") == hit);
  CHECK(found("(async () => {})();") == hit);
  CHECK(found("const g = f;\nconst h = async () => {};\nh();") == "4 floating-promise");
  CHECK(found("void f();").empty());
  CHECK(found("f().catch(() => {});").empty());
  CHECK(found("f().catch(() => {}).finally(() => {});").empty());
  CHECK(found("f().then(() => {}, () => {});").empty());
  CHECK(found("const p = f();").empty());
  CHECK(found("function g(f) { f(); }").empty());
  CHECK(found("g();").empty());
  CHECK(found("g(() => f());").empty());
  CHECK(found("const o = { f };").empty());
  CHECK(found("async function* pages() {}\npages();").empty());
  CHECK(found("map.then(1);").empty());
}

TEST_CASE("coroutines that never run and tasks without a reference") {
  const std::string head = "import asyncio\nfrom asyncio import create_task as go\nasync def f():\n    pass\n";
  const auto found = [&](const std::string& text) { return Found(Language::kPy, head + text); };
  CHECK(found("async def a():\n    f()\n") == "6 unawaited-coroutine");
  CHECK(found("async def a():\n    go(f())\n") == "6 dangling-task");
  CHECK(found("async def a():\n    t = go(f())\n") == "6 dangling-task");
  CHECK(found("async def a():\n    t = go(f())\n    print(t)\n").empty());
  CHECK(found("async def a():\n    global t\n    t = go(f())\n").empty());
  CHECK(found("async def a(self):\n    self.t = go(f())\n").empty());
  CHECK(found("async def a():\n    asyncio.gather(f(), f())\n").empty());
  CHECK(found("async def a(f):\n    f()\n").empty());
  CHECK(found("async def a(go):\n    go(f())\n").empty());
  CHECK(found("import functools\n@functools.cache\nasync def d():\n    pass\nasync def a():\n    d()\n").empty());
  CHECK(found("async def a(tg):\n    tg.create_task(f())\n").empty());
}

TEST_CASE("forEach with an async callback") {
  const auto found = [](const std::string& text) { return Found(Language::kJs, text, "foreach-async"); };
  CHECK(found("xs.forEach(async (x) => {});") == "1 foreach-async");
  CHECK(found("xs.forEach(async function (x) {});") == "1 foreach-async");
  CHECK(found("const g = async (x) => x;\nxs.forEach(g);") == "2 foreach-async");
  CHECK(found("xs.filter(Boolean)\n  .forEach(async (x) => {});") == "1 foreach-async");
  CHECK(found("xs.forEach((x) => {});").empty());
  CHECK(found("let g = async (x) => x;\ng = (x) => x;\nxs.forEach(g);").empty());
  CHECK(found("xs.forEach(g);").empty());
}

TEST_CASE("hints about waiting one after the other") {
  const auto js = [](const std::string& body) { return Found(Language::kJs, "async function a(x, xs) {\n" + body + "\n}"); };
  CHECK(js("const u = await fetchUser(x);\nconst p = await fetchPosts(x);") == "3 independent-awaits");
  CHECK(js("const u = await api.getUser(x);\nconst p = await api.getPosts(x);\nconst q = await api.getTags(x);") ==
        "3 independent-awaits");
  CHECK(js("const u = await fetchUser(x);\nlog(u);\nconst p = await fetchPosts(x);").empty());
  CHECK(js("const { id } = await fetchUser(x);\nconst p = await fetchPosts(id);").empty());
  CHECK(js("const u = await fetchUser(x);\nconst p = await fetchPosts(make(x));").empty());
  CHECK(js("const u = await saveUser(x);\nconst p = await savePosts(x);").empty());
  CHECK(js("const a1 = await cursor.getNext();\nconst b1 = await cursor.getNext();").empty());
  CHECK(js("const out = [];\nfor (const y of xs) {\n  const r = await fetchItem(y);\n  out.push(r.id);\n}") ==
        "4 await-in-loop");
  CHECK(js("const out = [];\nfor (const y of xs) {\n  const r = await fetchItem(y, out.length);\n  out.push(r);\n}").empty());
  CHECK(js("for (const y of xs) await fetchItem(y);") == "2 await-in-loop");
}

TEST_CASE("suppression comments of other linters, by their names") {
  const auto js = [](const std::string& text) {
    return Found(Language::kJs, std::string(kJsHead) + text);
  };
  CHECK(js("f(); // eslint-disable-line @typescript-eslint/no-floating-promises -- logged").empty());
  CHECK(js("f(); // eslint-disable-line no-console, promise/catch-or-return").empty());
  CHECK(js("// eslint-disable-next-line @typescript-eslint/no-floating-promises\nf();").empty());
  CHECK(js("// eslint-disable-next-line no-console\nf();") == "3 floating-promise");
  CHECK(js("f(); // eslint-disable-line") == "2 floating-promise");
  CHECK(js("// eslint-disable-next-line promise/catch-or-return\n\nf();") == "4 floating-promise");
  CHECK(js("/* eslint-disable promise/catch-or-return */\nf();\nf();").empty());
  CHECK(js("/* eslint-disable promise/catch-or-return */\nf();\n/* eslint-enable */\nf();") ==
        "5 floating-promise");
  CHECK(js("// eslint-disable promise/catch-or-return\nf();") == "3 floating-promise");
  const auto py = [](const std::string& text) {
    return Found(Language::kPy,
                 "import asyncio\nasync def f():\n    pass\nasync def main():\n" + text + "\n");
  };
  CHECK(py("    asyncio.create_task(f())  # noqa: RUF006").empty());
  CHECK(py("    asyncio.create_task(f())  # noqa: E501, RUF006").empty());
  CHECK(py("    asyncio.create_task(f())  # noqa: E501") == "5 dangling-task");
  CHECK(py("    asyncio.create_task(f())  # noqa") == "5 dangling-task");
  CHECK(py("    f()  # type: ignore[unused-coroutine]").empty());
  CHECK(py("    f()  # pyright: ignore[reportUnusedCoroutine]").empty());
  CHECK(py("    # ruff: noqa: RUF006\n    asyncio.create_task(f())").empty());
}

TEST_CASE("suppression comments") {
  const auto js = [](const std::string& text) { return Found(Language::kJs, kJsHead + text); };
  CHECK(js("f(); // asyncport-ignore: floating-promise -- logged").empty());
  CHECK(js("// asyncport-ignore: floating-promise\nf();").empty());
  CHECK(js("// asyncport-ignore: floating-promise\n// more words\n\nf();").empty());
  CHECK(js("/* asyncport-ignore: floating-promise */\nf();").empty());
  CHECK(js("// asyncport-ignore: floating-promise, foreach-async -- both\nf();") == "2 unused-ignore");
  CHECK(js("// asyncport-ignore: foreach-async\nf();") == "2 unused-ignore; 3 floating-promise");
  CHECK(js("f(); // asyncport-ignore: no-such-rule") == "2 floating-promise; 2 unknown-ignore");
  CHECK(js("// asyncport-ignore: floating-promise\nf();\nf();") == "4 floating-promise");
  CHECK(Found(Language::kJs, "// asyncport-ignore-file: floating-promise\n" + std::string(kJsHead) + "f();\nf();").empty());
  CHECK(js("// asyncport-ignore-file: floating-promise\nf();") == "3 floating-promise");
  CHECK(Found(Language::kPy, "async def f():\n    pass\nasync def a():\n    f()  # asyncport-ignore: unawaited-coroutine\n").empty());
}

TEST_CASE("fixes") {
  const std::string text = "async function f() {}\nasync function g() {\n  f();\n  // asyncport-ignore: foreach-async\n  await f();\n}\n";
  const auto list = Advise(Language::kJs, text);
  REQUIRE(list.size() == 2);
  REQUIRE(list[0].fixes.size() == 1);
  CHECK(list[0].fixes[0].edits[0].text == "await ");
  CHECK(list[0].fixes[0].edits[0].span.begin == text.find("  f();") + 2);
  REQUIRE(list[1].fixes.size() == 1);
  const Span removed = list[1].fixes[0].edits[0].span;
  CHECK(text.substr(removed.begin, removed.size()) == "  // asyncport-ignore: foreach-async\n");
}

}  // namespace
