// Comments of Python: which node holds each comment of small sources.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "comments_support.h"
#include "ir/make.h"

using namespace asyncport;
using namespace asyncport::comments_test;

namespace {

TEST_CASE("Python comments and statements") {
  CheckAll(
      Language::kPy, lower::py::Lower,
      {
          {"f()  # done\n", R"(trailing ExprStmt 1:1 "done")"},
          {"# c\nf()\n", R"(leading ExprStmt 2:1 "c")"},
          {"a()\n# end\n", R"(dangling Block 1:1 "end")"},
          {"x = 5  # ms\n", R"(trailing Assign 1:1 "ms")"},
          {"x = (\n    a  # first\n    + b  # second\n)  # third\n",
           R"(leading Assign 1:1 "first"; leading Assign 1:1 "second"; trailing Assign 1:1 "third")"},
          {"if a and \\\n    b:  # why\n    c()\n", R"(leading ExprStmt 3:5 "why")"},
          {"a = 1; b = 2  # two\n", R"(trailing Assign 1:8 "two")"},
      });
}

TEST_CASE("Python comments and suites") {
  CheckAll(
      Language::kPy, lower::py::Lower,
      {
          {"if a:  # why\n    b()\n", R"(leading ExprStmt 2:5 "why")"},
          {"if a:\n    # why\n    b()\n", R"(leading ExprStmt 3:5 "why")"},
          {"if a:\n    pass  # nothing\n", R"(trailing Pass 2:5 "nothing")"},
          {"if a:\n    b()\n    # tail\nc()\n", R"(dangling Block 2:5 "tail")"},
          {"if a:\n    b()\n# next\nc()\n", R"(leading ExprStmt 4:1 "next")"},
          {"if a:\n    b()\n\n    # tail\n\n# next\nc()\n",
           R"(dangling Block 2:5 "tail"; leading ExprStmt 7:1 "next")"},
          {"if a:\n    if b:\n        c()\n        # deep\n    # middle\n# out\n",
           R"(dangling Block 3:9 "deep"; dangling Block 2:5 "middle"; dangling Block 1:1 "out")"},
          {"if a:\n    b()\n# otherwise\nelse:\n    c()\n", R"(leading Block 5:5 "otherwise")"},
          {"if a:\n    b()\n    # tail\nelse:\n    c()\n", R"(dangling Block 2:5 "tail")"},
          {"if a:\n    b()\nelse:  # no\n    c()\n", R"(leading ExprStmt 4:5 "no")"},
          {"if a:\n    b()\n# second\nelif c:  # c\n    d()\n",
           R"(leading Block 4:1 "second"; leading ExprStmt 5:5 "c")"},
          {"if a: b()  # one line\nc()\n", R"(trailing ExprStmt 1:7 "one line")"},
          {"try:\n    a()\n# on failure\nexcept E:  # e\n    b()\n    # tail\nfinally:\n    # always\n    c()\n",
           R"(leading CatchClause 4:1 "on failure"; leading ExprStmt 5:5 "e"; dangling Block 5:5 "tail"; leading ExprStmt 9:5 "always")"},
          {"for x in xs:  # each\n    f(x)\n# none\nelse:\n    g()\n",
           R"(leading ExprStmt 2:5 "each"; leading Block 5:5 "none")"},
          {"async with a as b:  # open\n    # use\n    c()\n",
           R"(leading ExprStmt 3:5 "open"; leading ExprStmt 3:5 "use")"},
          {"while True:\n    a()\n    # again\n\n\ndef f():\n    pass\n", R"(dangling Block 2:5 "again")"},
      });
}

TEST_CASE("Python comments, functions and classes") {
  CheckAll(
      Language::kPy, lower::py::Lower,
      {
          {"# adds\ndef f(a, b):  # c\n    return a\n",
           R"(leading FunctionDef 2:1 "adds"; leading Return 3:5 "c")"},
          {"def f():  # c\n    \"\"\"Doc.\"\"\"\n    return 1\n", R"(leading Return 3:5 "c")"},
          {"def f():\n    \"\"\"Doc.\"\"\"\n    # first\n    return 1\n", R"(leading Return 4:5 "first")"},
          {"def f():\n    \"\"\"Doc.\"\"\"\n    # todo\n\n\ng()\n", R"(dangling Block 2:15 "todo")"},
          {"def f(\n    a,  # first\n    b,  # second\n):\n    pass\n",
           R"(trailing Param 2:5 "first"; trailing Param 3:5 "second")"},
          {"def f(\n    # first\n    a,\n    *,\n    b=1,\n    # none\n):\n    pass\n",
           R"(leading Param 3:5 "first"; trailing Param 5:5 "none")"},
          {"@a  # deco\n# above\n@b\n# more\ndef f():\n    pass\n",
           R"(leading FunctionDef 1:1 "deco"; leading FunctionDef 1:1 "above"; leading FunctionDef 1:1 "more")"},
          {"class A:  # a\n    x = 1  # one\n\n    # make\n    def __init__(self):\n        pass\n\n    # end\n\n\nf()\n",
           R"(leading Field 2:5 "a"; trailing Field 2:5 "one"; leading Method 5:5 "make"; dangling Block 2:5 "end")"},
      });
}

TEST_CASE("Python comments and items") {
  CheckAll(
      Language::kPy, lower::py::Lower,
      {
          {"u, p = await asyncio.gather(\n    fetch_user(i),  # cached\n    fetch_posts(i),\n    # more\n)\n",
           R"(trailing Call 2:5 "cached"; dangling Call 1:14 "more")"},
          {"x = [  # head\n    1,\n    # two\n    2,  # 2\n    # end\n]\n",
           R"(leading Number 2:5 "head"; leading Number 4:5 "two"; trailing Number 4:5 "2"; dangling List 1:5 "end")"},
          {"x = {\n    'a': 1,  # one\n    # two\n    'b': 2,\n}\n",
           R"(trailing DictEntry 2:5 "one"; leading DictEntry 4:5 "two")"},
          {"f(\n    a,\n    key=1,  # key\n)\n", R"(trailing Keyword 3:5 "key")"},
          {"x = [\n    # why\n    y for y in ys  # each\n    # cond\n    if y\n]\n",
           R"(leading Assign 1:1 "why"; leading Assign 1:1 "each"; leading Assign 1:1 "cond")"},
          {"from a import (\n    b,  # first\n    c,\n)\n", R"(trailing ImportItem 2:5 "first")"},
      });
}

TEST_CASE("the head of a Python file belongs to the module") {
  CheckAll(Language::kPy, lower::py::Lower,
           {{"#!/usr/bin/env python3\n# Licence\n\"\"\"Doc.\"\"\"\n# first\nf()\n",
             R"(leading Module 1:1 "/usr/bin/env python3" shebang; leading Module 1:1 "Licence"; leading ExprStmt 5:1 "first")"}});
}

TEST_CASE("every comment of the behaviour pairs is attached, and carried to a copy, once") {
  std::size_t files = 0;
  const std::filesystem::path pairs = std::string(ASYNCPORT_SOURCE_DIR) + "/tests/behaviour/pairs";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(pairs)) {
    const bool is_js = entry.path().extension() == ".js" || entry.path().extension() == ".mjs";
    if (!is_js && entry.path().extension() != ".py") continue;
    INFO(entry.path().string());
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const Example example = Read(is_js ? Language::kJs : Language::kPy,
                                 is_js ? lower::js::Lower : lower::py::Lower, text);
    ++files;
    // A target in which nothing has an origin loses none either.
    ir::Tree empty(Language::kJs, example.tree.shared_strings());
    const ir::NodeId body = ir::Make(empty, ir::make::Block{}, {});
    empty.set_root(ir::Make(empty, ir::make::Module{.docstring = {}, .body = body}, {}));
    const comments::CommentMap carried = comments::Carry(example.attached.map, example.tree, empty, {});
    CHECK(carried.size() + carried.Dropped().size() == example.attached.map.size());
  }
  CHECK(files > 100);
}

}  // namespace
