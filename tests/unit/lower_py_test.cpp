// Python lowering: what each construct becomes, and what is reported.
#include <memory>
#include <string>

#include "ir/views.h"
#include "lower/lower.h"
#include "support/source.h"
#include "syntax/cst.h"
#include "unit/catch_compat.hpp"

namespace asyncport {
namespace {

struct Lowered {
  ir::Tree tree;
  diag::Diagnostics diagnostics;
};

Lowered LowerText(const std::string& text, bool holes = false) {
  Source source("test.py", text);
  auto parsed = syntax::Parse(source, Language::kPy, {});
  REQUIRE(parsed.ok());
  Lowered result{ir::Tree(Language::kPy, std::make_shared<StringTable>()), {}};
  lower::LowerOptions options;
  options.holes = holes;
  result.tree = lower::Lower(parsed.value().cst, source, std::make_shared<StringTable>(), options, result.diagnostics);
  return result;
}

// The dump of the statements, without the two lines of Module and Block around them.
std::string DumpOf(const std::string& text, bool holes = false) {
  Lowered lowered = LowerText(text, holes);
  if (!holes) {
    for (const ir::Violation& violation : Verify(lowered.tree, lowered.tree.root(), Language::kPy)) {
      FAIL_CHECK(text << ": " << violation.message);
    }
  }
  std::string dump = Dump(lowered.tree, lowered.tree.root());
  std::string out;
  for (std::size_t begin = 0; begin < dump.size();) {
    std::size_t end = dump.find('\n', begin);
    std::string line = dump.substr(begin, end - begin);
    if (line.starts_with("    statements: ")) {
      out += line.substr(16) + "\n";
    } else if (line.starts_with("    ")) {
      out += line.substr(4) + "\n";
    } else if (line.starts_with("  docstring")) {
      out += line.substr(2) + "\n";
    }
    begin = end + 1;
  }
  return out;
}

std::string Reported(const std::string& text) {
  std::string ids;
  Lowered lowered = LowerText(text);
  for (const auto& diagnostic : lowered.diagnostics.list()) ids += diagnostic.id + " ";
  return ids;
}

bool Contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST_CASE("python lowering: assignments and targets") {
  CHECK(DumpOf("a = b = 1") ==
        "Assign\n  targets: Name \"a\"\n  targets: Name \"b\"\n  value: Number \"1\" int\n");
  CHECK(DumpOf("a, *b = x") ==
        "Assign\n  targets: ListPattern\n    elements: Name \"a\"\n    elements: RestPattern\n      target: Name \"b\"\n"
        "  value: Name \"x\"\n");
  CHECK(DumpOf("(a) = 1") == DumpOf("a = 1"));
  CHECK(DumpOf("x: int") == "Assign\n  targets: Name \"x\"\n  annotation: Name \"int\"\n");
  CHECK(DumpOf("x //= 2") == "AugAssign FloorDiv\n  target: Name \"x\"\n  value: Number \"2\" int\n");
  CHECK(Contains(DumpOf("type(x).y = 1"), "targets: Attribute \"y\"\n    object: Call"));
  CHECK(Contains(DumpOf("type X = int"), "Opaque \"a type alias\""));
}

TEST_CASE("python lowering: operators") {
  CHECK(Contains(DumpOf("a < b <= c"), "CompareChain\n    first: Name \"a\"\n    links: CompareLink Lt\n"));
  CHECK(Contains(DumpOf("a not in b"), "Binary NotIn"));
  CHECK(Contains(DumpOf("not a in b"), "Unary Not\n    operand: Binary In"));
  CHECK(Contains(DumpOf("x if c else y"), "Conditional\n    test: Name \"c\"\n    then_value: Name \"x\""));
  CHECK(Contains(DumpOf("await x ** 2"), "Binary Pow\n    left: Await"));
  CHECK(Contains(DumpOf("-x ** 2"), "Unary Neg\n    operand: Binary Pow"));
  CHECK(Contains(DumpOf("f(*a.b, *c + d)"), "args: Spread\n      value: Binary Add"));
}

TEST_CASE("python lowering: numbers are spelled so that both languages read them") {
  auto number = [](const std::string& text) {
    std::string dump = DumpOf(text);
    std::size_t begin = dump.find("Number \"") + 8;
    return dump.substr(begin, dump.find('\n', begin) - begin);
  };
  CHECK(number("5.") == "5.0\" float");
  CHECK(number(".5e3") == "0.5e3\" float");
  CHECK(number("1_000") == "1_000\" int");
  CHECK(number("0XfF") == "0xfF\" int");
  CHECK(number("0x_ff") == "0xff\" int");
  CHECK(number("10J") == "10j\" imaginary");
  CHECK(number("1E5") == "1e5\" float");
  CHECK(number("00") == "0\" int");
  CHECK(number("00.5") == "0.5\" float");
  CHECK(number("01.5") == "1.5\" float");
  CHECK(number("9007199254740993") == "9007199254740993\" int");
  CHECK(Reported("0777") == "python-2-syntax ");
}

TEST_CASE("python lowering: strings") {
  CHECK(Contains(DumpOf("x = 'a\\x41\\n' \"b\""), "String \"aA\\nb\"\n"));
  CHECK(Contains(DumpOf("x = r'\\d'"), "String \"\\\\d\" is_raw"));
  CHECK(Contains(DumpOf("x = b'\\xff'"), "Bytes \"\xff\""));
  CHECK(Contains(DumpOf("x = '''a\nb'''"), "String \"a\\nb\" is_multiline"));
  CHECK(Contains(DumpOf("x = '\\N{DASH}'"), "Opaque"));
  CHECK(Contains(DumpOf("x = f'a{b}{{c}}' 'd'"),
                 "Template\n    parts: String \"a\"\n    parts: Name \"b\"\n    parts: String \"{c}d\"\n"));
  CHECK(Contains(DumpOf("x = f'{b!r:>{w}}'"),
                 "FormatValue \"r\"\n      value: Name \"b\"\n      spec: Template\n        parts: String \">\"\n"
                 "        parts: Name \"w\"\n"));
  CHECK(Contains(DumpOf("x = f'{b=}'"), "FormatValue is_debug"));
  // Blanks around `=` are printed too.
  CHECK(Contains(DumpOf("x = f'{b = }'"), "parts: String \"b = \"\n    parts: FormatValue \"r\"\n"));
}

TEST_CASE("python lowering: docstrings are decoded and dedented") {
  CHECK(Contains(DumpOf("def f():\n    '''One.\n\n      Two.\n    '''\n    g()"),
                 "  docstring: String \"One.\\n\\nTwo.\" is_multiline\n  body: Block\n    statements: ExprStmt"));
  CHECK(DumpOf("'module'\n") == "docstring: String \"module\"\n");
  CHECK(Contains(DumpOf("def f():\n    f'x'"), "Template"));
}

TEST_CASE("python lowering: classes") {
  std::string dump = DumpOf(
      "class A(B):\n"
      "    x: int = 1\n"
      "    def __init__(self, n):\n"
      "        super().__init__(n)\n"
      "        self.n = n\n"
      "    @property\n"
      "    def size(self):\n"
      "        return self.n\n"
      "    @size.setter\n"
      "    def size(self, v):\n"
      "        def inner():\n"
      "            return self\n"
      "        def other(self):\n"
      "            return self\n"
      "    @classmethod\n"
      "    def make(cls):\n"
      "        return cls(1)\n"
      "    @staticmethod\n"
      "    def util(a):\n"
      "        return self\n"
      "    def odd(*args):\n"
      "        pass\n");
  CHECK(Contains(dump, "Field \"x\" is_static\n"));
  CHECK(Contains(dump, "Method constructor\n      params: Param\n        target: Name \"n\"\n"));
  CHECK(Contains(dump, "SuperCall\n            args: Name \"n\""));
  CHECK(Contains(dump, "Method \"size\" getter\n"));
  CHECK(Contains(dump, "Method \"size\" setter\n"));
  CHECK(Contains(dump, "statements: Return\n              value: SelfRef"));
  CHECK(Contains(dump, "statements: Return\n              value: Name \"self\""));
  CHECK(Contains(dump, "Method \"make\" is_static\n      body: Block\n        statements: Return\n          value: Call\n"
                       "            callee: SelfRef"));
  CHECK(Contains(dump, "Method \"util\" is_static\n      params: Param\n        target: Name \"a\"\n"));
  CHECK(Contains(dump, "FunctionDef\n      name: Name \"odd\""));
}

TEST_CASE("python lowering: a method that rebinds self stays a function") {
  CHECK(Contains(DumpOf("class A:\n    def f(self):\n        self = 1\n"), "FunctionDef"));
  CHECK(Contains(DumpOf("class A:\n    def f(me):\n        self = me\n"), "FunctionDef"));
  CHECK(Contains(DumpOf("class A:\n    def f(me):\n        return me\n"), "SelfRef"));
}

TEST_CASE("python lowering: functions and parameters") {
  std::string dump = DumpOf("async def f(a, /, b, *c, d=1, **e) -> int:\n    yield await b\n");
  CHECK(Contains(dump, "FunctionDef is_async is_generator"));
  CHECK(Contains(dump, "Param positional_only\n    target: Name \"a\""));
  CHECK(Contains(dump, "Param\n    target: Name \"b\""));
  CHECK(Contains(dump, "Param rest\n    target: Name \"c\""));
  CHECK(Contains(dump, "Param keyword_only\n    target: Name \"d\""));
  CHECK(Contains(dump, "Param keyword_rest\n    target: Name \"e\""));
}

TEST_CASE("python lowering: loops, try, with") {
  CHECK(Contains(DumpOf("for x in y:\n    pass\nelse:\n    z()\n"), "LoopElse\n  loop: ForEach"));
  CHECK(Contains(DumpOf("try:\n    a\nexcept (A, B) as e:\n    b\n"),
                 "CatchClause\n    type: Tuple is_parenthesised\n"));
  CHECK(Contains(DumpOf("with (a as b, c):\n    pass\n"), "items: WithItem\n    context: Name \"c\""));
  CHECK(Contains(DumpOf("try:\n    a\nexcept* A:\n    b\n"), "CatchClause is_group"));
}

TEST_CASE("python lowering: match") {
  std::string dump = DumpOf(
      "match x:\n"
      "    case {'k': [1, *_], **rest} if z:\n        pass\n"
      "    case P(-1, y=2) | a.b | None as w:\n        pass\n"
      "    case (1, n) | _:\n        pass\n");
  CHECK(Contains(dump, "MatchMapping\n      entries: MatchEntry\n        key: String \"k\""));
  CHECK(Contains(dump, "RestPattern\n      rest: Name \"rest\""));
  CHECK(Contains(dump, "MatchAs\n      pattern: MatchOr\n        alternatives: MatchClass"));
  CHECK(Contains(dump, "keywords: MatchKeyword \"y\""));
  CHECK(Contains(dump, "alternatives: MatchWildcard"));
}

TEST_CASE("python lowering: imports") {
  CHECK(DumpOf("import a.b, c as d") ==
        "Import \"a.b\"\n  items: ImportItem namespace is_dotted\n    local: Name \"a\"\n"
        "Import \"c\"\n  items: ImportItem namespace\n    local: Name \"d\"\n");
  CHECK(DumpOf("from ..m import a as b") ==
        "Import \"..m\"\n  items: ImportItem \"a\" named\n    local: Name \"b\"\n");
  CHECK(DumpOf("from m import *") == "Import \"m\"\n  items: ImportItem all\n");
}

TEST_CASE("python lowering: what the grammar accepts and the language does not") {
  CHECK(Reported("def f():\n    await x") == "await-outside-async ");
  CHECK(Reported("async def f():\n    await x").empty());
  CHECK(Reported("await x").empty());
  CHECK(Reported("def f():\n    async with a: pass") == "await-outside-async ");
  CHECK(Reported("def f():\n    return [x async for x in y]") == "await-outside-async ");
  CHECK(Reported("def f():\n    return (x async for x in y)").empty());
  CHECK(Reported("async def f():\n    return lambda: await x") == "await-outside-async ");
  CHECK(Reported("print 'x'") == "python-2-syntax ");
  CHECK(Reported("exec 'x'") == "python-2-syntax ");
  CHECK(Reported("raise E, 'x'") == "python-2-syntax ");
}

TEST_CASE("python lowering: holes") {
  CHECK(DumpOf("f(µX, *µµµXS, µ_)", true) ==
        "ExprStmt\n  value: Call\n    callee: Name \"f\"\n    args: Hole \"X\" one\n    args: Spread\n"
        "      value: Hole \"XS\" list\n    args: Hole \"_\" any\n");
  CHECK(DumpOf("µµµBODY", true) == "Hole \"BODY\" list\n");
  CHECK(Contains(DumpOf("def µF(µµµPS):\n    µµµBODY", true), "params: Hole \"PS\" list\n"));
  CHECK(Contains(DumpOf("µX = 1"), "Name \"µX\""));
}

TEST_CASE("python lowering: spans are tight") {
  std::string text = "if a:\n    b  # c\n    # d\n\n\nelse:\n    e\n\n\nf\n";
  Lowered lowered = LowerText(text);
  auto block = ir::Module(lowered.tree, lowered.tree.root()).body();
  auto statements = ir::Block(lowered.tree, block).statements();
  REQUIRE(statements.size() == 2);
  CHECK(lowered.tree.span(statements[0]).end == text.find("e\n\n") + 1);
  ir::If branch(lowered.tree, statements[0]);
  CHECK(lowered.tree.span(branch.body()).end == text.find("b  #") + 1);
}

TEST_CASE("python lowering: nothing crashes it") {
  for (std::string text : {"", "def", "class A:\n  def f(:\n", "x = = 1", "match x:\n  case", "f'{'", "lambda", "@a\n",
                           "import", "from . import", "with", "[x for", "print >>f", "\"\"\"", "{**}", "a[", "type(x)."}) {
    Lowered lowered = LowerText(text);
    CHECK(lowered.tree.root());
  }
}

}  // namespace
}  // namespace asyncport
