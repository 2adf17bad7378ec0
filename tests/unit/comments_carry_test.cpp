// Carrying comments: statements that vanish, double, or become something else keep every comment once.
#include <map>
#include <set>
#include <string>

#include "comments_support.h"
#include "ir/make.h"

using namespace asyncport;
using namespace asyncport::comments_test;

namespace {

// A target tree made by copying the source; statements are treated by the line they begin on.
struct Plan {
  std::set<unsigned> drop{};     // vanish
  std::set<unsigned> repeat{};   // become two statements
  std::set<unsigned> refuse{};   // become Untranslated
  std::set<unsigned> new_block{};// their block is replaced by a new one without origin
};

struct Copier {
  const Example& example;
  const Plan& plan;
  ir::Tree target;

  unsigned Line(ir::NodeId id) const { return example.source.Position(example.tree.span(id).begin).line; }

  ir::NodeId Copy(ir::NodeId id) {
    const ir::Tree& tree = example.tree;
    const ir::Node& node = tree.node(id);
    ir::Tree::Draft draft{node.kind, node.oper, node.flags, node.atom, {}};
    bool new_block = false;
    for (unsigned slot = 0; slot < ir::Info(node.kind).slot_count; ++slot) {
      draft.slots.emplace_back();
      for (ir::NodeId child : tree.SlotList(id, slot)) {
        if (node.kind != ir::NodeKind::kBlock) {
          draft.slots.back().push_back(Copy(child));
          continue;
        }
        const unsigned line = Line(child);
        new_block = new_block || plan.new_block.contains(line);
        if (plan.refuse.contains(line)) {
          draft.slots.back().push_back(ir::Make(
              target, ir::make::Untranslated{.source_text = example.source.Text(tree.span(child))},
              tree.span(child), child));
          continue;
        }
        const int copies = plan.drop.contains(line) ? 0 : plan.repeat.contains(line) ? 2 : 1;
        for (int i = 0; i < copies; ++i) draft.slots.back().push_back(Copy(child));
      }
    }
    return target.Add(std::move(draft), node.span, new_block ? ir::kNoNode : id);
  }
};

// Where the comments are in the copy. Repeated statements are told apart by a prime.
std::string Carried(const std::string& text, const Plan& plan, const std::set<unsigned>& absorb = {}) {
  const Example example = Read(Language::kJs, lower::js::Lower, text);
  Copier copier{example, plan, ir::Tree(Language::kJs, example.tree.shared_strings())};
  copier.target.set_root(copier.Copy(example.tree.root()));
  std::vector<ir::NodeId> absorbed;
  for (std::uint32_t i = 1; i < example.tree.size(); ++i) {
    const ir::NodeId id{i};
    if (ir::HasCategory(example.tree.kind(id), ir::category::Stmt) &&
        absorb.contains(copier.Line(id)) && example.tree.kind(id) != ir::NodeKind::kBlock) {
      absorbed.push_back(id);
    }
  }
  const comments::CommentMap map =
      comments::Carry(example.attached.map, example.tree, copier.target, absorbed);
  CHECK(map.size() + map.Absorbed().size() + map.Dropped().size() == example.attached.map.size());
  return Placements(map, copier.target, example.source);
}

TEST_CASE("comments follow their statements") {
  CHECK(Carried("// a\na(); // b\n// c\n", {}) ==
        R"(leading ExprStmt 2:1 "a"; trailing ExprStmt 2:1 "b"; dangling Block 1:1 "c")");
  CHECK(Carried("f(x, // x\n  y);\n", {}) == R"(trailing Name 1:3 "x")");
}

TEST_CASE("a comment of a vanished statement moves to the nearest one left") {
  CHECK(Carried("z();\n// a\na(); // t\nb();\n", {.drop = {3}}) ==
        R"(leading ExprStmt 4:1 "a"; leading ExprStmt 4:1 "t")");
  CHECK(Carried("// a\na(); // t\nb();\n", {.drop = {2}}) ==
        R"(leading Module 1:1 "a"; leading ExprStmt 3:1 "t")");
  CHECK(Carried("// a\nimport x from 'x'; // t\n// b\nimport y from 'y';\nb();\n", {.drop = {2, 4}}, {2, 4}) ==
        R"(leading Module 1:1 "a"; leading ExprStmt 5:1 "b"; absorbed "t")");
  CHECK(Carried("a();\n// b\nb();\n", {.drop = {3}}) == R"(dangling Block 1:1 "b")");
  CHECK(Carried("if (x) {\n  // a\n  a();\n}\nb();\n", {.drop = {3}}) == R"(dangling Block 1:8 "a")");
  CHECK(Carried("if (x) {\n  // a\n  a();\n}\nb();\n", {.drop = {1}}) == R"(leading ExprStmt 5:1 "a")");
  CHECK(Carried("if (x) {\n  // a\n  a();\n}\n", {.drop = {1}}) == R"(dangling Block 1:1 "a")");
  CHECK(Carried("f(() => {\n  // a\n  a();\n  // b\n});\n", {.drop = {3}, .new_block = {3}}) ==
        R"(leading ExprStmt 1:1 "a"; leading ExprStmt 1:1 "b")");
}

TEST_CASE("the first of several takes what leads, the last what trails") {
  const Example example = Read(Language::kJs, lower::js::Lower, "// a\na(); // b\n");
  const Plan plan{.repeat = {2}};
  Copier copier{example, plan, ir::Tree(Language::kJs, example.tree.shared_strings())};
  copier.target.set_root(copier.Copy(example.tree.root()));
  const comments::CommentMap map = comments::Carry(example.attached.map, example.tree, copier.target, {});
  const auto statements =
      ir::Block(copier.target, ir::Module(copier.target, copier.target.root()).body()).statements();
  REQUIRE(statements.size() == 2);
  CHECK(map.Leading(statements[0]).size() == 1);
  CHECK(map.Trailing(statements[0]).empty());
  CHECK(map.Leading(statements[1]).empty());
  CHECK(map.Trailing(statements[1]).size() == 1);
}

TEST_CASE("comments of absorbed and of untranslated source are not moved elsewhere") {
  CHECK(Carried("// Licence\n\n// waits\nfunction sleep(ms) {\n  // inner\n  return 1; // t\n}\nb();\n",
                {.drop = {4}}, {4}) ==
        R"(leading Module 1:1 "Licence"; absorbed "waits"; absorbed "inner"; absorbed "t")");
  CHECK(Carried("// What the file does.\nconst sleep = 1;\nb();\n", {.drop = {2}}, {2}) ==
        R"(leading Module 1:1 "What the file does.")");
  CHECK(Carried("a();\n// section\n\nb();\nc();\n", {.drop = {4}}, {4}) ==
        R"(leading ExprStmt 5:1 "section")");
  CHECK(Carried("// a\nwith_(x, {\n  // b\n  y: 1,\n}); // c\n", {.refuse = {2}}) ==
        R"(leading Untranslated 2:1 "a"; trailing Untranslated 2:1 "c"; absorbed "b")");
}

TEST_CASE("directives stay behind") {
  CHECK(Carried("// eslint-disable-next-line no-x\na();\n", {}) ==
        R"(dropped "eslint-disable-next-line no-x" directive)");
}

TEST_CASE("an else body that shrinks to one If hands its comments to the branch") {
  CHECK(Carried("if (a) {\n  b();\n} else {\n  x();\n  // why\n  if (c) {\n    d();\n  } // t\n}\n", {.drop = {4}}) ==
        R"(leading Block 3:8 "why"; dangling Block 6:10 "t")");
}

TEST_CASE("what was not printed is found") {
  const Example example = Read(Language::kJs, lower::js::Lower, "// One: two\na(); // three\n");
  const Source target("t.py", "#   One two\na()\n");
  const auto missing = comments::Unprinted(example.attached.map, target, {Span{0, 11}});
  REQUIRE(missing.size() == 1);
  CHECK(missing.front()->lines.front() == "three");
}

}  // namespace
