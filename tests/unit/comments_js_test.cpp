// Comments of JavaScript: which node holds each comment of small sources, their text, and empty lines.
#include <string>

#include "comments_support.h"

using namespace asyncport;
using namespace asyncport::comments_test;

namespace {

TEST_CASE("JavaScript comments and statements") {
  CheckAll(
      Language::kJs, lower::js::Lower,
      {
          {"f(); // done\n", R"(trailing ExprStmt 1:1 "done")"},
          {"f() /* done */;\n", R"(trailing ExprStmt 1:1 "done" block)"},
          {"// c\nf();\n", R"(leading ExprStmt 2:1 "c")"},
          {"a();\n// c\nb();\n", R"(leading ExprStmt 3:1 "c")"},
          {"a();\n// end\n", R"(dangling Block 1:1 "end")"},
          {"// only\n", R"(dangling Block 1:1 "only")"},
          {"a(); /* x */ b();\n", R"(leading ExprStmt 1:14 "x" block)"},
          {"return_(x); // a\n// b\ny();\n",
           R"(trailing ExprStmt 1:1 "a"; leading ExprStmt 3:1 "b")"},
          {"const x = /* five */ 5;\n", R"(leading Assign 1:1 "five" block)"},
          {"const x = 5 /* ms */;\n", R"(trailing Assign 1:1 "ms" block)"},
          {"const x = a // first\n  + b; // second\n",
           R"(leading Assign 1:1 "first"; trailing Assign 1:1 "second")"},
          {"const r = xs\n  // keep\n  .filter(f)\n  // double\n  .map(g);\n",
           R"(leading Assign 1:1 "keep"; leading Assign 1:1 "double")"},
          {"const r = xs(1)\n  .filter(f) // one\n  .map(g); // two\n",
           R"(leading Assign 1:1 "one"; trailing Assign 1:1 "two")"},
          {"for (const x of xs) // each\n  f(x);\n", R"(leading ExprStmt 2:3 "each")"},
          {"while (a /* why */) {\n  f();\n}\n", R"(leading While 1:1 "why" block)"},
          {"do {\n  f();\n} while (x); // again\n", R"(trailing DoWhile 1:1 "again")"},
          {"throw e; // bad\n", R"(trailing Raise 1:1 "bad")"},
          {"import a from 'a'; // lib\n", R"(trailing Import 1:1 "lib")"},
          {"import {\n  a, // first\n  b,\n} from 'm';\n", R"(trailing ImportItem 2:3 "first")"},
      });
}

TEST_CASE("JavaScript comments in and around blocks") {
  CheckAll(
      Language::kJs, lower::js::Lower,
      {
          {"if (a) { // why\n  b();\n}\n", R"(leading ExprStmt 2:3 "why")"},
          {"if (a) {\n  // nothing\n}\n", R"(dangling Block 1:8 "nothing")"},
          {"if (a) {\n  b();\n  // last\n}\n", R"(dangling Block 1:8 "last")"},
          {"if (a) {\n  b();\n} // end\nc();\n", R"(trailing If 1:1 "end")"},
          {"if (a) {\n  b();\n}\n// otherwise\nelse {\n  c();\n}\n", R"(leading Block 5:6 "otherwise")"},
          {"if (a) {\n  b();\n} // otherwise\nelse {\n  c();\n}\n", R"(leading Block 4:6 "otherwise")"},
          {"if (a) {\n  b();\n} else { // no\n  c();\n}\n", R"(leading ExprStmt 4:3 "no")"},
          {"if (a) {\n  b();\n}\n// second\nelse if (c) {\n  d();\n}\n", R"(leading Block 5:6 "second")"},
          {"if (a) {\n  b();\n} else {\n  // inner\n  if (c) d();\n}\n", R"(leading Block 3:8 "inner")"},
          {"if (a) {\n  b();\n} else if (c) { // c\n  d();\n  // tail\n}\n",
           R"(leading ExprStmt 4:3 "c"; dangling Block 3:15 "tail")"},
          {"try {\n  a();\n}\n// on failure\ncatch (e) {\n  b();\n}\n",
           R"(leading CatchClause 5:1 "on failure")"},
          {"try {\n  a();\n} catch {\n  // ignore\n}\n", R"(dangling Block 3:9 "ignore")"},
          {"try {\n  a();\n} catch (e) { // ignore\n}\n", R"(dangling Block 3:13 "ignore")"},
          {"try {\n  a();\n} finally {\n  b(); // close\n}\n", R"(trailing ExprStmt 4:3 "close")"},
          {"switch (x) {\n  // one\n  case 1:\n    a(); // do\n    break;\n  // other\n  default: // d\n    b();\n}\n",
           R"(leading SwitchCase 3:3 "one"; trailing ExprStmt 4:5 "do"; leading SwitchCase 7:3 "other"; leading ExprStmt 8:5 "d")"},
          {"{\n  // bare\n  a();\n}\n", R"(leading ExprStmt 3:3 "bare")"},
      });
}

TEST_CASE("JavaScript comments and functions") {
  CheckAll(
      Language::kJs, lower::js::Lower,
      {
          {"// adds\nfunction f(a, b) { // c\n  return a;\n}\n",
           R"(leading FunctionDef 2:1 "adds"; leading Return 3:3 "c")"},
          {"/** Adds. */\nfunction f() {}\n", R"(leading FunctionDef 2:1 "Adds." doc)"},
          {"/** Adds. */\nexport function f() {}\n", R"(leading Export 2:1 "Adds." doc)"},
          {"function f(\n  a, // first\n  b, // second\n) {}\n",
           R"(trailing Param 2:3 "first"; trailing Param 3:3 "second")"},
          {"function f(a /* id */, /* name */ b) {}\n",
           R"(trailing Param 1:12 "id" block; leading Param 1:35 "name" block)"},
          {"function f(\n  // first\n  a,\n  // none\n) {}\n",
           R"(leading Param 3:3 "first"; trailing Param 3:3 "none")"},
          {"function f(/* none */) {\n  a();\n}\n", R"(leading FunctionDef 1:1 "none" block)"},
          {"function f() {\n  // todo\n}\n", R"(dangling Block 1:14 "todo")"},
          {"const f = async () => { // go\n  await g();\n};\n", R"(leading ExprStmt 2:3 "go")"},
          {"run(async () => {\n  // inside\n  await g();\n  // end\n});\n",
           R"(leading ExprStmt 3:3 "inside"; dangling Block 1:17 "end")"},
          {"(async () => {\n  a(); // x\n})(); // run\n",
           R"(trailing ExprStmt 2:3 "x"; trailing ExprStmt 1:1 "run")"},
          {"const f = () => 1; // one\n", R"(trailing Assign 1:1 "one")"},
          {"const s = `a ${f(() => {\n  // in\n  g();\n})}`;\n", R"(leading ExprStmt 3:3 "in")"},
          {"const s = `a ${f(/* in */ x)}`;\n", R"(leading Assign 1:1 "in" block)"},
      });
}

TEST_CASE("JavaScript comments and classes") {
  CheckAll(
      Language::kJs, lower::js::Lower,
      {
          {"class A { // a\n  x = 1; // one\n\n  // make\n  constructor() {}\n\n  /** Runs. */\n  async run() {}\n  // end\n}\n",
           R"(leading Field 2:3 "a"; trailing Field 2:3 "one"; leading Method 5:3 "make"; leading Method 8:3 "Runs." doc; dangling Block 1:9 "end")"},
          {"class A {\n  // empty\n}\n", R"(dangling Block 1:9 "empty")"},
          {"class A extends B /* base */ {\n  f() {}\n}\n", R"(leading Method 2:3 "base" block)"},
      });
}

TEST_CASE("JavaScript comments and items") {
  CheckAll(
      Language::kJs, lower::js::Lower,
      {
          {"const [u, p] = await Promise.all([\n  fetchUser(id), // cached\n  fetchPosts(id),\n  // more\n]);\n",
           R"(trailing Call 2:3 "cached"; dangling List 1:34 "more")"},
          {"f([ // head\n  1,\n  2,\n]);\n", R"(leading Number 2:3 "head")"},
          {"f([\n  // none\n]);\n", R"(dangling List 1:3 "none")"},
          {"f(/* none */);\n", R"(dangling Call 1:1 "none" block)"},
          {"f(/* url */ x, 5 /* ms */);\n", R"(leading Name 1:13 "url" block; trailing Number 1:16 "ms" block)"},
          {"f(\n  // first\n  a,\n  b, // second\n);\n", R"(leading Name 3:3 "first"; trailing Name 4:3 "second")"},
          {"const o = { // head\n  a: 1, // one\n  // two\n  b: 2,\n  // end\n};\n",
           R"(leading DictEntry 2:3 "head"; trailing DictEntry 2:3 "one"; leading DictEntry 4:3 "two"; dangling Dict 1:11 "end")"},
          {"const o = {\n  a: // why\n    1,\n};\n", R"(leading DictEntry 2:3 "why")"},
          {"const o = {\n  ...base, // base\n  // run\n  run() {},\n};\n",
           R"(trailing Spread 2:3 "base"; leading MethodEntry 4:3 "run")"},
          {"const { // all\n  a, // first\n  b,\n} = o;\n",
           R"(leading Assign 1:1 "all"; leading Assign 1:1 "first")"},
      });
}

TEST_CASE("the head of a JavaScript file belongs to the module") {
  CheckAll(Language::kJs, lower::js::Lower,
           {{"#!/usr/bin/env node\n// Licence\n\n// first\nf();\n",
             R"(leading Module 1:1 "/usr/bin/env node" shebang; leading Module 1:1 "Licence"; leading ExprStmt 5:1 "first")"},
            {"/**\n * File.\n */\n\nimport a from 'a';\n", R"(leading Module 1:1 "File." doc)"}});
}

TEST_CASE("the text of comments") {
  const auto lines = [](Language language, const std::string& text) {
    const Source source("t", text);
    const Span span{0, static_cast<std::uint32_t>(text.size())};
    const comments::Comment comment = comments::ReadComment(source, span, language);
    return std::string(comments::NameOf(comment.style)) + ": " + Join(comment.lines, "|");
  };
  CHECK(lines(Language::kJs, "// x") == "line: x");
  CHECK(lines(Language::kJs, "//x") == "line: x");
  CHECK(lines(Language::kJs, "//   indented") == "line:   indented");
  CHECK(lines(Language::kJs, "//") == "line: ");
  CHECK(lines(Language::kJs, "/* x */") == "block: x");
  CHECK(lines(Language::kJs, "/**/") == "block: ");
  CHECK(lines(Language::kJs, "/* one\n   two\n     three */") == "block: one|two|  three");
  CHECK(lines(Language::kJs, "/**\n * Adds.\n *\n *   code\n */") == "doc: Adds.||  code");
  CHECK(lines(Language::kJs, "/*** banner ***/") == "block: ** banner **");
  CHECK(lines(Language::kJs, "// eslint-disable-next-line no-console") ==
        "directive: eslint-disable-next-line no-console");
  CHECK(lines(Language::kJs, "// global state lives here") == "line: global state lives here");
  CHECK(lines(Language::kJs, "// noqa") == "line: noqa");
  CHECK(lines(Language::kPy, "# noqa: E501") == "directive: noqa: E501");
  CHECK(lines(Language::kPy, "# type: ignore[x]") == "directive: type: ignore[x]");
  CHECK(lines(Language::kPy, "# type: the kind of event") == "line: type: the kind of event");
  CHECK(lines(Language::kPy, "## Section") == "line: # Section");
  CHECK(lines(Language::kPy, "#!/usr/bin/env python3") == "shebang: /usr/bin/env python3");
}

TEST_CASE("empty lines before statements and members") {
  const std::string text = "a();\n\n// b\nb();\nc();\n\nclass D {\n\n  x = 1;\n\n  f() {}\n  g() {}\n}\n";
  const Example example = Read(Language::kJs, lower::js::Lower, text);
  std::string lines;
  for (std::uint32_t i = 1; i < example.tree.size(); ++i) {
    if (example.attached.map.BlankBefore(ir::NodeId{i})) {
      lines += std::to_string(example.source.Position(example.tree.span(ir::NodeId{i}).begin).line) + " ";
    }
  }
  CHECK(lines == "4 11 7 ");
  CHECK(example.attached.owned.front()->blank_before);
  CHECK_FALSE(example.attached.owned.front()->blank_after);
}

}  // namespace
