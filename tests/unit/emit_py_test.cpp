// Python emitter: layout, strings, parentheses, and what has no Python source of its own.
#include <memory>
#include <string>

#include "comments/comments.h"
#include "emit/emit.h"
#include "ir/make.h"
#include "lower/lower.h"
#include "support/source.h"
#include "syntax/cst.h"
#include "unit/catch_compat.hpp"

namespace asyncport {
namespace {

// The text of a Python source, lowered and printed again.
std::string Formatted(const std::string& text) {
  Source source("test.py", text);
  auto parsed = syntax::Parse(source, Language::kPy, {});
  REQUIRE(parsed.ok());
  CAPTURE(text);
  CHECK(parsed.value().errors.empty());
  diag::Diagnostics diagnostics;
  ir::Tree tree =
      lower::Lower(parsed.value().cst, source, std::make_shared<StringTable>(), {}, diagnostics);
  comments::Attached attached = comments::Attach(parsed.value().cst, source, tree);
  return emit::EmitText(tree, attached.map);
}

void CheckStays(const std::string& text) { CHECK(Formatted(text) == text); }

std::string OneLine(const std::string& text) {
  std::string out = Formatted(text);
  if (!out.empty()) out.pop_back();
  return out;
}

struct Builder {
  ir::Tree tree{Language::kPy, std::make_shared<StringTable>()};
  template <typename Fields>
  ir::NodeId operator()(Fields fields) {
    return ir::Make(tree, std::move(fields), {});
  }
  ir::NodeId Name(std::string_view id) { return (*this)(ir::make::Name{.id = id}); }
  ir::NodeId Str(std::string_view value) { return (*this)(ir::make::String{.value = value}); }
  ir::NodeId Block(ir::NodeList statements) {
    return (*this)(ir::make::Block{.statements = std::move(statements)});
  }
  ir::NodeId Returns(ir::NodeId value) { return (*this)(ir::make::Return{.value = value}); }
};

TEST_CASE("python emitter: statements that fit stay as they are") {
  CheckStays("x: int = 1\na, *b = c, d = e\nx //= 2\ndel a, b[0]\nassert a, \"b\"\n");
  CheckStays("raise A(b) from None\nglobal x, y\n");
  CheckStays("for i, x in enumerate(xs):\n    pass\nelse:\n    f()\n");
  CheckStays("while chunk := read():\n    break\n");
  CheckStays("if a:\n    b\nelif c:\n    d\nelse:\n    e\n");
  CheckStays("try:\n    a\nexcept (A, B) as e:\n    b\nelse:\n    c\nfinally:\n    d\n");
  CheckStays("async def f():\n    async with a as b, c:\n        await d\n");
  CheckStays("x = [await f(y) async for y in z if y]\n");
  CheckStays("def f(a, /, b: int = 1, *args, c=2, **kw) -> list[int]:\n    yield from a\n");
  CheckStays("f = lambda a, *b, c=1, **d: (yield_, *b)\n");
  CheckStays("match x:\n    case {\"k\": [1, *_], **rest} if z:\n        pass\n"
             "    case P(-1, y=2) | a.b | None as w:\n        pass\n    case _:\n        pass\n");
}

TEST_CASE("python emitter: parentheses") {
  for (std::string text :
       {"(a + b) * c", "a + b * c", "a - (b - c)", "a - b - c", "(-a) ** b", "-(a**b)", "a**-b",
        "2 ** f(x)", "(a, b)[0]", "not (a and b)", "a and (b or c)", "a or (b and c)", "(a or b) or c",
        "(await x).y", "await x.y()", "(lambda: x)()", "x if a else y if b else z", "(x if a else y) + 1",
        "(1).real", "1.5.real", "a < b < c", "(a < b) < c", "not a in b", "f((yield))", "f(x := 1)",
        "[(y := 1), y]", "*a, b", "(a * b) % c", "(a << 1) | b", "(a & 1) == b", "{**a, \"b\": c}",
        "f(*a, **b)", "f(x for x in y)", "f((x for x in y), z)", "[x for x in (a if b else c)]",
        "a[b:c, ::d]", "a[x + 1 :]", "a[f(x) : g(y) : 2]", "a[-1:]", "a[b,]", "a[*b]", "(a,)", "()",
        "await (x or y)", "(await x) ** 2 if y else z"}) {
    if (text == "(a or b) or c") {
      CHECK(OneLine(text) == "a or b or c");
    } else if (text == "(await x) ** 2 if y else z") {
      CHECK(OneLine(text) == "await x ** 2 if y else z");
    } else {
      CHECK(OneLine(text) == text);
    }
  }
}

TEST_CASE("python emitter: strings") {
  CHECK(OneLine("x = 'a'") == "x = \"a\"");
  CHECK(OneLine("x = 'say \"hi\"'") == "x = 'say \"hi\"'");
  CHECK(OneLine("x = 'it\\'s \"a\" b'") == "x = 'it\\'s \"a\" b'");
  CHECK(OneLine("x = 'a\\n\\t\\x00\\u200b\\u00e9'") == "x = \"a\\n\\t\\x00\\u200b\u00e9\"");
  CHECK(OneLine("x = '\\ud800'") == "x = \"\\ud800\"");
  CHECK(OneLine("x = r'\\d\"'") == "x = r'\\d\"'");
  CHECK(OneLine("x = r'\\\\'") == "x = r\"\\\\\"");
  CHECK(OneLine("x = b'\\xffa\"'") == "x = b'\\xffa\"'");
  CHECK(OneLine("x = '''a\nb'''") == "x = \"\"\"a\nb\"\"\"");
  CHECK(OneLine("x = '''a \"\"\" b\n\"'''") == "x = \"\"\"a \\\"\"\" b\n\\\"\"\"\"");
  CHECK(OneLine("x = 0XfF + 1E5 + 5.") == "x = 0xFF + 1e5 + 5.0");
}

TEST_CASE("python emitter: f-strings that Python 3.11 can read") {
  CHECK(OneLine("x = f'a{b!r:>{w}}{c}{{d}}'") == "x = f\"a{b!r:>{w}}{c}{{d}}\"");
  CHECK(OneLine("x = f'{d[\"k\"]}'") == "x = f\"{d['k']}\"");
  CHECK(OneLine("x = f\"\"\"{a['x']}{b(\"it's\")}\"\"\"") == "x = f\"\"\"{a['x']}{b(\"it's\")}\"\"\"");
  CHECK(OneLine("x = f'{ {1: 2}[a] }'") == "x = f\"{ {1: 2}[a]}\"");
  CHECK(OneLine("x = f'{b=}'") == "x = f\"{b=}\"");
  CHECK(OneLine("x = f'{(lambda: 1)()}'") == "x = f\"{(lambda: 1)()}\"");
  CHECK(OneLine("x = f\"{f'{a}'}\"") == "x = f\"{f'{a}'}\"");

  // A backslash inside a replacement field: only possible in trees made from JavaScript.
  Builder make;
  ir::NodeId lines = make.Str("\n");
  ir::NodeId call = make(ir::make::Call{.callee = make.Name("f"), .args = {lines}});
  ir::NodeId value = make(ir::make::Template{.parts = {make.Str("a{"), call, make.Str("}")}});
  CHECK(emit::EmitNode(make.tree, value) == "\"a{{{}}}\".format(f(\"\\n\"))");
  ir::NodeId text = make.Str("\"'");
  ir::NodeId quotes = make(ir::make::Template{
      .parts = {make(ir::make::Call{.callee = make.Name("f"), .args = {text}})}});
  CHECK(emit::EmitNode(make.tree, quotes) == "\"{}\".format(f(\"\\\"'\"))");
}

TEST_CASE("python emitter: lines that are too long") {
  std::string a(30, 'a');
  std::string b(30, 'b');
  std::string c(30, 'c');
  CHECK(Formatted("f(" + a + ", " + b + ", " + c + ")") ==
        "f(\n    " + a + ",\n    " + b + ",\n    " + c + ",\n)\n");
  CHECK(Formatted("result = f(" + a + ", g(" + b + "), " + c + ")").find("result = f(\n") == 0);
  CHECK(Formatted("x = f(" + a + ", " + b + ", " + "c)" + " # comment") ==
        "x = f(" + a + ", " + b + ", c)  # comment\n");
  CHECK(Formatted("result = [" + a + ", " + b + ", " + c + "]") ==
        "result = [\n    " + a + ",\n    " + b + ",\n    " + c + ",\n]\n");
  CHECK(Formatted("result = " + a + " + " + b + " + " + c) ==
        "result = (\n    " + a + "\n    + " + b + "\n    + " + c + "\n)\n");
  CHECK(Formatted("if " + a + " and " + b + " and " + c + ":\n    pass") ==
        "if (\n    " + a + "\n    and " + b + "\n    and " + c + "\n):\n    pass\n");
  CHECK(Formatted("return_value = " + a + "(" + b + ") or " + c + "(x)").find("return_value = ") == 0);
  CHECK(Formatted("def f(" + a + ", " + b + ", " + c + "): pass") ==
        "def f(\n    " + a + ",\n    " + b + ",\n    " + c + ",\n):\n    pass\n");
  CHECK(Formatted("from m import " + a + ", " + b + ", " + c) ==
        "from m import (\n    " + a + ",\n    " + b + ",\n    " + c + ",\n)\n");
  CHECK(Formatted("x = {\n'a': 1}") == "x = {\n    \"a\": 1,\n}\n");
  CHECK(Formatted("x = a.b(" + a + ").c(" + b + ").d(" + c + ")") ==
        "x = (\n    a.b(" + a + ")\n    .c(" + b + ")\n    .d(" + c + ")\n)\n");
  CHECK(Formatted("x = [f(" + a + ") for y in " + b + " if " + c + "]") ==
        "x = [\n    f(" + a + ")\n    for y in " + b + "\n    if " + c + "\n]\n");
  // Too long for a line of its own as well: parentheses would not help.
  std::string word = "\"" + std::string(100, 'x') + "\"";
  CheckStays("x = " + word + "\n");
}

TEST_CASE("python emitter: classes") {
  CheckStays(
      "class A(B):\n"
      "    \"\"\"Doc.\"\"\"\n"
      "\n"
      "    x: int = 1\n"
      "\n"
      "    def __init__(self, n):\n"
      "        super().__init__(n)\n"
      "        self.n = n\n"
      "\n"
      "    @property\n"
      "    def size(self):\n"
      "        return self.n\n"
      "\n"
      "    @size.setter\n"
      "    def size(self, v):\n"
      "        def inner():\n"
      "            return self\n"
      "\n"
      "        self.n = inner()\n"
      "\n"
      "    @classmethod\n"
      "    def make(cls):\n"
      "        return cls(1)\n"
      "\n"
      "    @staticmethod\n"
      "    async def util(a):\n"
      "        return a\n"
      "\n"
      "    def __new__(cls):\n"
      "        return super().__new__(cls)\n");
}

TEST_CASE("python emitter: empty lines and comments") {
  CheckStays(
      "# Head.\n"
      "\n"
      "import os\n"
      "import sys\n"
      "\n"
      "from a import b\n"
      "\n"
      "x = 1  # one\n"
      "\n"
      "\n"
      "# About f.\n"
      "def f():\n"
      "    \"\"\"One.\n"
      "\n"
      "    Two.\n"
      "    \"\"\"\n"
      "    # inside\n"
      "    return {\n"
      "        \"a\": 1,  # why\n"
      "        # own line\n"
      "        \"b\": 2,\n"
      "    }\n"
      "\n"
      "\n"
      "if x:  # header\n"
      "    f()\n"
      "    # end\n"
      "# before else\n"
      "else:\n"
      "    pass\n");
  CHECK(Formatted("def f(): pass\nx = 1\nclass A: pass\n@d\ndef g(): pass\n") ==
        "def f():\n    pass\n\n\nx = 1\n\n\nclass A:\n    pass\n\n\n@d\ndef g():\n    pass\n");
  CHECK(Formatted("import os\nx = 1\n") == "import os\n\nx = 1\n");
  CHECK(Formatted("").empty());
  CHECK(Formatted("# only\n") == "# only\n");
}

TEST_CASE("python emitter: imports that open a module are sorted") {
  CHECK(Formatted("from .b import c\nimport httpx\nfrom asyncio import run\nimport sys\nimport asyncio\n") ==
        "import asyncio\nimport sys\nfrom asyncio import run\n\nimport httpx\n\nfrom .b import c\n");
  CHECK(Formatted("import a.b\nimport a.b as c\nimport d as d\n") == "import a.b\nimport a.b as c\nimport d\n");
}

TEST_CASE("python emitter: docstrings") {
  CHECK(Formatted("def f():\n    '''say \"hi\"'''") == "def f():\n    \"\"\"say \"hi\" \"\"\"\n");
  CHECK(Formatted("def f():\n    r'''a\\d'''") == "def f():\n    r\"\"\"a\\d\"\"\"\n");
  CHECK(Formatted("def f():\n    '''a\\\\d'''") == "def f():\n    \"\"\"a\\\\d\"\"\"\n");
  CHECK(Formatted("def f():\n    '''\n    Args:\n        x\n    '''") ==
        "def f():\n    \"\"\"\n    Args:\n        x\n    \"\"\"\n");
}

TEST_CASE("python emitter: what only translation makes") {
  Builder make;
  ir::NodeId call = make(ir::make::Call{.callee = make.Name("f"), .args = {}});
  CHECK(emit::EmitNode(make.tree, make(ir::make::Spawn{.call = call})) == "asyncio.create_task(f())");
  CHECK(emit::EmitNode(make.tree, make(ir::make::Defer{.call = call})) == "f()");
  CHECK(emit::EmitNode(make.tree, make(ir::make::SelfRef{})) == "self");

  ir::NodeId lost = make(ir::make::Untranslated{.source_text = "label: for (;;) {\n  x();\n}"});
  CHECK(emit::EmitNode(make.tree, lost) ==
        "# label: for (;;) {\n#   x();\n# }\nraise NotImplementedError(\"not translated: label: for (;;) { ...\")");

  auto method = [&](ir::NodeId value, ir::MethodKind kind, bool is_static) {
    return make(ir::make::Method{.body = make.Block({make.Returns(value)}),
                                 .name = "m",
                                 .kind = kind,
                                 .is_static = is_static});
  };
  using Kind = ir::MethodKind;
  ir::NodeId self = make(ir::make::SelfRef{});
  ir::NodeId null = make(ir::make::Null{});
  CHECK(emit::EmitNode(make.tree, method(self, Kind::kMethod, true)) ==
        "@classmethod\ndef m(cls):\n    return cls");
  CHECK(emit::EmitNode(make.tree, method(null, Kind::kMethod, true)) ==
        "@staticmethod\ndef m():\n    return None");
  CHECK(emit::EmitNode(make.tree, method(self, Kind::kGetter, false)) ==
        "@property\ndef m(self):\n    return self");
  ir::NodeId empty = make(ir::make::If{.test = null, .body = make.Block({})});
  CHECK(emit::EmitNode(make.tree, empty) == "if None:\n    pass");
}

}  // namespace
}  // namespace asyncport
