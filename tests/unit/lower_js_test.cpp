// Lowering of JavaScript: what each construct becomes, what is refused, and that no input breaks
// it.
#include <memory>
#include <string>

#include "catch_compat.hpp"
#include "ir/views.h"
#include "lower/js/text.h"
#include "lower/lower.h"
#include "syntax/cst.h"

using namespace asyncport;

namespace {

struct Lowered {
  ir::Tree tree;
  std::vector<diag::Diagnostic> diagnostics;
};

Lowered LowerText(const std::string& text, bool holes = false) {
  Source source("test.js", text);
  auto parsed = syntax::Parse(source, Language::kJs, {});
  REQUIRE(parsed.ok());
  diag::Diagnostics diagnostics;
  ir::Tree tree = lower::js::Lower(parsed.value().cst, source, std::make_shared<StringTable>(),
                                   {.holes = holes}, diagnostics);
  if (!holes) {
    for (const ir::Violation& violation : ir::Verify(tree, tree.root(), Language::kJs)) {
      FAIL_CHECK(text << ": " << violation.message);
    }
  }
  return {std::move(tree), diagnostics.Take()};
}

// The statements' dump on one line, blanks folded.
std::string Statements(const std::string& text, bool holes = false) {
  Lowered lowered = LowerText(text, holes);
  std::string out;
  ir::NodeId body = ir::Module(lowered.tree, lowered.tree.root()).body();
  for (ir::NodeId statement : ir::Block(lowered.tree, body).statements()) {
    std::string dump = ir::Dump(lowered.tree, statement);
    for (std::string_view line : SplitLines(dump)) {
      if (!out.empty()) out += ' ';
      out += Trim(line);
    }
  }
  return out;
}

std::string Value(const std::string& expression) {
  std::string out = Statements("(" + expression + ");");
  constexpr std::string_view kHead = "ExprStmt value: ";
  REQUIRE(out.starts_with(kHead));
  return out.substr(kHead.size());
}

}  // namespace

TEST_CASE("lower js: numbers both languages read") {
  using lower::js::NormaliseNumber;
  CHECK(NormaliseNumber(".5").text == "0.5");
  CHECK(NormaliseNumber("5.").text == "5.0");
  CHECK(NormaliseNumber("5.").kind == ir::NumberKind::kFloat);
  CHECK(NormaliseNumber("1e3").text == "1000");
  CHECK(NormaliseNumber("1e3").kind == ir::NumberKind::kInt);
  CHECK(NormaliseNumber("1E-3").text == "1e-3");
  CHECK(NormaliseNumber("1.5e+30").text == "1.5e30");
  CHECK(NormaliseNumber("017").text == "0o17");
  CHECK(NormaliseNumber("089").text == "89");
  CHECK(NormaliseNumber("00").text == "0");
  CHECK(NormaliseNumber("0XfF").text == "0xff");
  CHECK(NormaliseNumber("1_000").text == "1_000");
  CHECK(NormaliseNumber("10n").text == "10");
  CHECK(NormaliseNumber("10n").kind == ir::NumberKind::kBigInt);
  CHECK(NormaliseNumber("9007199254740993").kind == ir::NumberKind::kFloat);
}

TEST_CASE("lower js: escapes") {
  using lower::js::DecodeString;
  CHECK(DecodeString("a\\n\\x41\\u0042\\u{43}\\\\") == "a\nABC\\");
  CHECK(DecodeString("\\ud83d\\ude00") == "\xF0\x9F\x98\x80");
  CHECK(DecodeString("\\ud83dx") == "\xED\xA0\xBDx");
  CHECK(DecodeString("a\\\nb") == "ab");
  CHECK(DecodeString("\\0\\q\\'") == std::string("\0q'", 3));
}

TEST_CASE("lower js: statements") {
  CHECK(Statements("const x = f();") ==
        "Assign const targets: Name \"x\" value: Call callee: Name \"f\"");
  CHECK(Statements("let a = 1, b;").starts_with("VarDecl let declarations: Assign let"));
  CHECK(Statements("i++;") == "AugAssign Add target: Name \"i\" value: Number \"1\" int");
  CHECK(Statements("a = b = 1;") ==
        "Assign targets: Name \"a\" targets: Name \"b\" value: Number \"1\" int");
  CHECK(Statements("a ?\?= 1;") ==
        "ExprStmt value: LogicalAssign Nullish target: Name \"a\" value: Number \"1\" int");
  CHECK(Statements("'use strict'; ;").empty());
  CHECK(Statements("if (a) b; else if (c) d;").find("else_body: Block statements: If") !=
        std::string::npos);
  CHECK(Statements("for await (const x of y);").starts_with("ForEach const is_async"));
  CHECK(Statements("return 1;") == "Return value: Number \"1\" int");
}

TEST_CASE("lower js: expressions") {
  CHECK(
      Value("a?.b.c") ==
      "OptionalChain value: Attribute \"c\" object: Attribute \"b\" is_optional object: Name \"a\"");
  CHECK(Value("(a?.b).c").starts_with("Attribute \"c\" object: OptionalChain"));
  CHECK(Value("x => 1") == "Lambda params: Param target: Name \"x\" body: Number \"1\" int");
  CHECK(Value("async () => {}") == "FunctionExpr is_async is_arrow body: Block");
  CHECK(Value("`a${b}${'c'}`") ==
        "Template parts: String \"a\" parts: Name \"b\" parts: String \"c\"");
  CHECK(Value("String.raw`\\d`") == "String \"\\\\d\" is_raw");
  CHECK(Value("[, 1, ]") == "List elements: Elision elements: Number \"1\" int");
  CHECK(
      Value("{a, 'b': 1, [c]: 2}") ==
      "Dict entries: DictEntry key: String \"a\" value: Name \"a\" entries: DictEntry key: String \"b\" "
      "value: Number \"1\" int entries: DictEntry key: Name \"c\" value: Number \"2\" int");
  CHECK(Value("<div/>") == "Opaque \"JSX\"");
  CHECK(Value("undefined") == "Undefined");
}

TEST_CASE("lower js: modules") {
  CHECK(Statements("const fs = require('fs').promises;") ==
        "Import \"fs/promises\" is_require items: ImportItem namespace local: Name \"fs\"");
  CHECK(Statements("const {a: b} = require('m');") ==
        "Import \"m\" is_require items: ImportItem \"a\" named local: Name \"b\"");
  CHECK(Statements("const E = require('events').E;") ==
        "Import \"events\" is_require items: ImportItem \"E\" named local: Name \"E\"");
  CHECK(Statements("if (x) { const fs = require('fs'); }").find("Import") == std::string::npos);
  CHECK(
      Statements("import a, {b as c} from 'm'; import * as d from 'm';") ==
      "Import \"m\" items: ImportItem default local: Name \"a\" items: ImportItem \"b\" named local: Name \"c\" "
      "Import \"m\" items: ImportItem namespace local: Name \"d\"");
  CHECK(Statements("export * as n from 'm';") == "Export \"m\" items: ExportItem \"n\"");
}

TEST_CASE("lower js: classes") {
  std::string text = Statements(
      "class A extends B { #p = 1; static s; constructor() { super(1) } get x() {} static async *m() {} }");
  for (const char* part : {"ClassDef name: Name \"A\" bases: Name \"B\"", "Field \"p\" is_private",
                           "Field \"s\" is_static", "Method constructor", "SuperCall args",
                           "Method \"x\" getter", "Method \"m\" is_async is_generator is_static"}) {
    CHECK(text.find(part) != std::string::npos);
  }
}

TEST_CASE("lower js: await needs an async function") {
  auto ids = [](const std::string& text) { return LowerText(text).diagnostics.size(); };
  CHECK(ids("await x;") == 0);
  CHECK(ids("async () => { await x; }") == 0);
  CHECK(ids("function f() { await x; }") == 1);
  CHECK(ids("async function f() { g(() => { await x; }); }") == 1);
  CHECK(ids("function f() { for await (const x of y) {} }") == 1);
  CHECK(ids("class A { m() { await x; } async n() { await y; } }") == 1);
  Lowered lowered = LowerText("function f() { await x; }");
  REQUIRE(lowered.diagnostics.size() == 1);
  CHECK(lowered.diagnostics[0].id == "await-outside-async");
  CHECK(lowered.diagnostics[0].span == Span{15, 22});
}

// The grammar takes `await (` for a call of a function named await.
TEST_CASE("lower js: await before a parenthesis") {
  CHECK(Value("await (x)") == "Await value: Name \"x\"");
  CHECK(Value("await (x).y()") == "Await value: Call callee: Attribute \"y\" object: Name \"x\"");
  CHECK(Value("await (async () => 1)()").starts_with("Await value: Call callee: Lambda is_async"));
  CHECK(Value("await (0, f)(x)").starts_with("Await value: Call callee: Sequence"));
  CHECK(Value("await (x)?.y") ==
        "Await value: OptionalChain value: Attribute \"y\" is_optional object: Name \"x\"");
  CHECK(LowerText("function f() { await (x); }").diagnostics.size() == 1);
}

TEST_CASE("lower js: holes") {
  CHECK(Statements("$X;", true) == "Hole \"X\" one");
  CHECK(
      Statements("f($X, $$$XS, $_);", true) ==
      "ExprStmt value: Call callee: Name \"f\" args: Hole \"X\" one args: Hole \"XS\" list args: Hole \"_\" any");
  CHECK(Statements("$XS.map(($X) => $CALL);", true).find("params: Param target: Hole \"X\" one") !=
        std::string::npos);
  CHECK(
      Statements("function f($$$PARAMS) { $$$BODY }", true) ==
      "FunctionDef name: Name \"f\" params: Hole \"PARAMS\" list body: Block statements: Hole \"BODY\" list");
  CHECK(Statements("f($x);", true).find("Hole") == std::string::npos);
  CHECK(Statements("$X;") == "ExprStmt value: Name \"$X\"");
}

TEST_CASE("lower js: broken and deep sources still give a tree") {
  CHECK(Statements("f(1; g();").find("Opaque \"syntax error\"") != std::string::npos);
  for (const char* text : {"", "{", "class {", "const = ;", "`${", "a?.", "import {", "for (",
                           "({a:", "\\", "x = (,"}) {
    LowerText(text);
  }
  auto repeat = [](const std::string& unit, int count) {
    std::string out;
    for (int i = 0; i < count; ++i) out += unit;
    return out;
  };
  LowerText("x" + repeat(" + x", 2900));
  LowerText("x" + repeat(".y()", 1400));
  LowerText(repeat("!", 2900) + "x");
  LowerText(repeat("a => ", 2900) + "x");
  LowerText(repeat("if (a) b(); else ", 1000) + "c();");
}

TEST_CASE("await before a parenthesis that goes on is no call of a function named await") {
  CHECK(Statements("await (x)();") == Statements("await x();"));
  CHECK(Statements("const z = await (x).y;") == Statements("const z = await x.y;"));
  CHECK(Statements("await (async () => { await f(); })();").find("Name \"await\"") ==
        std::string::npos);
}
