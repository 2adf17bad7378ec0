// JavaScript from trees that are built, not read: what only translations hold.
#include <memory>
#include <string>

#include "ir/make.h"
#include "unit/js_roundtrip.h"

using namespace asyncport;
using ir::Make;
namespace make = ir::make;

namespace {

// A module of the statements that `build` makes.
template <typename Build>
std::string EmitBuilt(Build&& build) {
  ir::Tree tree(Language::kJs, std::make_shared<StringTable>());
  ir::NodeList statements = build(tree);
  ir::NodeId body = Make(tree, make::Block{.statements = std::move(statements)}, {});
  tree.set_root(Make(tree, make::Module{.docstring = {}, .body = body}, {}));
  doc::Builder builder;
  comments::CommentMap none;
  doc::Doc doc = emit::js::Emit(tree, none, builder);
  return doc::Print(builder, doc, {.width = 80, .indent_width = 2}).text;
}

ir::NodeId NameNode(ir::Tree& tree, std::string_view id) {
  return Make(tree, make::Name{.id = id}, {});
}

ir::NodeId CallNode(ir::Tree& tree, std::string_view id) {
  return Make(tree, make::Call{.callee = NameNode(tree, id), .args = {}}, {});
}

}  // namespace

TEST_CASE("emit js: a docstring becomes JSDoc") {
  std::string text = EmitBuilt([](ir::Tree& tree) -> ir::NodeList {
    ir::NodeId body = Make(tree, make::Block{}, {});
    ir::NodeId one = Make(tree, make::String{.value = "Do it."}, {});
    ir::NodeId many = Make(tree, make::String{.value = "Do it.\n\n    With */ care.\n    "}, {});
    auto function = [&](ir::NodeId docstring) {
      return Make(tree,
                  make::FunctionDef{.decorators = {},
                                    .name = NameNode(tree, "f"),
                                    .params = {},
                                    .returns = {},
                                    .docstring = docstring,
                                    .body = body},
                  {});
    };
    return {function(one), function(many)};
  });
  CHECK(
      text ==
      "/** Do it. */\nfunction f() {}\n\n/**\n * Do it.\n *\n * With *\\/ care.\n */\nfunction f() {}");
}

TEST_CASE("emit js: work that is started, and what could not be translated") {
  std::string text = EmitBuilt([](ir::Tree& tree) -> ir::NodeList {
    ir::NodeId spawn = Make(tree, make::Spawn{.call = CallNode(tree, "load")}, {});
    ir::NodeId then = Make(tree, make::Attribute{.object = spawn, .name = "then"}, {});
    ir::NodeId chained = Make(tree, make::Call{.callee = then, .args = {NameNode(tree, "g")}}, {});
    ir::NodeId statement = Make(tree, make::ExprStmt{.value = chained}, {});
    ir::NodeId lost =
        Make(tree, make::Untranslated{.source_text = "with a as b:\n    f(\"x\")"}, {});
    return {statement, lost};
  });
  CHECK(
      text ==
      "load().then(g);\n// with a as b:\n//     f(\"x\")\nthrow new Error(\"not translated: with a as b:\");");
}

TEST_CASE("emit js: several targets") {
  auto assign = [](std::vector<std::string> names) {
    return EmitBuilt([&](ir::Tree& tree) -> ir::NodeList {
      ir::NodeList targets;
      for (const std::string& name : names) targets.push_back(NameNode(tree, name));
      return {Make(tree,
                   make::Assign{.targets = targets, .annotation = {}, .value = CallNode(tree, "f")},
                   {})};
    });
  };
  CHECK(assign({"a", "b"}) == "a = b = f();");
  std::string longer(40, 'x');
  CHECK(assign({longer, longer + "y", "z"}) == longer + " =\n  " + longer + "y =\n  z =\n    f();");
}

TEST_CASE("emit js: a string of several lines is a template") {
  std::string text = EmitBuilt([](ir::Tree& tree) -> ir::NodeList {
    ir::NodeId value = Make(tree, make::String{.value = "a\n`${b}\n", .is_multiline = true}, {});
    ir::NodeId call = Make(tree, make::Call{.callee = NameNode(tree, "f"), .args = {value}}, {});
    return {Make(tree, make::ExprStmt{.value = call}, {})};
  });
  CHECK(text == "f(`a\n\\`\\${b}\n`);");
}
