// Structure, scopes and resolved names, on trees built by hand (so that these tests need no grammar).
#include "facts/facts.h"

#include <memory>

#include "ir/make.h"
#include "unit/catch_compat.hpp"

namespace {

using namespace asyncport;
using ir::NodeId;
using ir::NodeList;
namespace make = ir::make;

// Short hands for building one module.
struct Build {
  explicit Build(Language language) : tree(language, std::make_shared<StringTable>()) {}
  ir::Tree tree;
  std::uint32_t at = 0;

  Span Next() { return {at, ++at}; }
  NodeId Name(std::string_view id) { return ir::Make(tree, make::Name{.id = id}, Next()); }
  NodeId Int(std::string_view text) { return ir::Make(tree, make::Number{.text = text}, Next()); }
  NodeId Str(std::string_view text) { return ir::Make(tree, make::String{.value = text}, Next()); }
  NodeId Attr(NodeId object, std::string_view name) {
    return ir::Make(tree, make::Attribute{.object = object, .name = name}, Next());
  }
  NodeId Call(NodeId callee, NodeList args = {}) {
    return ir::Make(tree, make::Call{.callee = callee, .args = std::move(args)}, Next());
  }
  NodeId Stmt(NodeId value) { return ir::Make(tree, make::ExprStmt{.value = value}, Next()); }
  NodeId Assign(NodeId target, NodeId value, ir::DeclKind declares = ir::DeclKind::kNone) {
    return ir::Make(tree, make::Assign{.targets = {target}, .value = value, .declares = declares},
                    Next());
  }
  NodeId Block(NodeList statements) {
    return ir::Make(tree, make::Block{.statements = std::move(statements)}, Next());
  }
  NodeId Param(std::string_view name) {
    return ir::Make(tree, make::Param{.target = Name(name)}, Next());
  }
  NodeId Function(std::string_view name, NodeList params, NodeList body) {
    const NodeId name_node = Name(name);
    return ir::Make(
        tree,
        make::FunctionDef{
            .name = name_node, .params = std::move(params), .body = Block(std::move(body))},
        Next());
  }
  NodeId Import(std::string_view module, std::string_view name, std::string_view local,
                ir::ImportKind kind) {
    const NodeId item =
        ir::Make(tree, make::ImportItem{.local = Name(local), .name = name, .kind = kind}, Next());
    return ir::Make(tree, make::Import{.items = {item}, .module = module}, Next());
  }
  std::unique_ptr<facts::Facts> Infer(NodeList statements) {
    tree.set_root(ir::Make(tree, make::Module{.body = Block(std::move(statements))}, Next()));
    return facts::Infer(tree, {});
  }
};

TEST_CASE("facts: a name of an inner block is another binding") {
  Build b(Language::kJs);
  const NodeId outer = b.Name("x");
  const NodeId inner = b.Name("x");
  const NodeId use_inner = b.Name("x");
  const NodeId use_outer = b.Name("x");
  auto facts =
      b.Infer({b.Assign(outer, b.Int("1"), ir::DeclKind::kConst),
               b.Block({b.Assign(inner, b.Int("2"), ir::DeclKind::kConst), b.Stmt(use_inner)}),
               b.Stmt(use_outer)});
  CHECK(facts->BindingOf(use_inner) == facts->BindingOf(inner));
  CHECK(facts->BindingOf(use_outer) == facts->BindingOf(outer));
  CHECK_FALSE(facts->BindingOf(inner) == facts->BindingOf(outer));
  CHECK_FALSE(facts->binding(facts->BindingOf(outer)).reassigned);
}

TEST_CASE("facts: var is hoisted to the function, functions are seen before they stand") {
  Build b(Language::kJs);
  const NodeId declared = b.Name("v");
  const NodeId use = b.Name("v");
  const NodeId early = b.Name("f");
  const NodeId call = b.Call(early);
  const NodeId function = b.Function(
      "f", {}, {b.Block({b.Assign(declared, b.Int("1"), ir::DeclKind::kVar)}), b.Stmt(use)});
  auto facts = b.Infer({b.Stmt(call), function});
  CHECK(facts->BindingOf(use) == facts->BindingOf(declared));
  CHECK(facts->scope(facts->binding(facts->BindingOf(use)).scope).node == function);
  CHECK(facts->CalleeDefinition(call) == function);
  CHECK(facts->ResolvedName(early).empty());
}

TEST_CASE("facts: Python assigns to its own scope unless nonlocal says otherwise") {
  Build b(Language::kPy);
  const NodeId count = b.Name("count");
  const NodeId own = b.Name("count");
  const NodeId shared = b.Name("count");
  const NodeId declared =
      ir::Make(b.tree, make::ScopeDecl{.names = {b.Name("count")}, .is_nonlocal = true}, b.Next());
  const NodeId plain = b.Function("plain", {}, {b.Assign(own, b.Int("1"))});
  const NodeId bump = b.Function("bump", {}, {declared, b.Assign(shared, b.Int("2"))});
  const NodeId outer = b.Function("outer", {}, {b.Assign(count, b.Int("0")), plain, bump});
  auto facts = b.Infer({outer});
  CHECK_FALSE(facts->BindingOf(own) == facts->BindingOf(count));
  REQUIRE(facts->BindingOf(shared) == facts->BindingOf(count));
  const facts::Binding& binding = facts->binding(facts->BindingOf(count));
  CHECK(binding.captured);
  CHECK(binding.reassigned);
  CHECK(binding.writes.size() == 2);
}

TEST_CASE("facts: imports and globals have canonical names, shadowed globals have none") {
  SECTION("named import of a Node module without its prefix") {
    Build b(Language::kJs);
    const NodeId use = b.Name("read");
    auto facts = b.Infer(
        {b.Import("fs/promises", "readFile", "read", ir::ImportKind::kNamed), b.Stmt(b.Call(use))});
    CHECK(facts->ResolvedName(use) == "node:fs/promises.readFile");
  }
  SECTION("default import") {
    Build b(Language::kJs);
    const NodeId use = b.Attr(b.Name("fs"), "readFileSync");
    auto facts = b.Infer({b.Import("fs", "", "fs", ir::ImportKind::kDefault), b.Stmt(b.Call(use))});
    CHECK(facts->ResolvedName(use) == "node:fs.readFileSync");
  }
  SECTION("member of a member") {
    Build b(Language::kJs);
    const NodeId use = b.Attr(b.Attr(b.Name("fs"), "promises"), "readFile");
    auto facts =
        b.Infer({b.Import("node:fs", "", "fs", ir::ImportKind::kDefault), b.Stmt(b.Call(use))});
    CHECK(facts->ResolvedName(use) == "node:fs/promises.readFile");
  }
  SECTION("from-import with an alias") {
    Build b(Language::kPy);
    const NodeId use = b.Name("nap");
    auto facts =
        b.Infer({b.Import("time", "sleep", "nap", ir::ImportKind::kNamed), b.Stmt(b.Call(use))});
    CHECK(facts->ResolvedName(use) == "time.sleep");
  }
  SECTION("shadowed") {
    Build b(Language::kJs);
    const NodeId use = b.Attr(b.Name("Promise"), "all");
    auto facts =
        b.Infer({b.Assign(b.Name("Promise"), b.Call(b.Name("library")), ir::DeclKind::kConst),
                 b.Stmt(b.Call(use))});
    CHECK(facts->ResolvedName(use).empty());
  }
  SECTION("an alias is followed where it is called") {
    Build b(Language::kJs);
    const NodeId callee = b.Name("log");
    const NodeId value = b.Name("log");
    auto facts =
        b.Infer({b.Assign(b.Name("log"), b.Attr(b.Name("console"), "log"), ir::DeclKind::kConst),
                 b.Stmt(b.Call(callee)), b.Stmt(value)});
    CHECK(facts->ResolvedName(callee) == "console.log");
    CHECK(facts->ResolvedName(value).empty());
  }
}

TEST_CASE("facts: enclosing function, statement and loop") {
  Build b(Language::kJs);
  const NodeId iterable = b.Call(b.Name("items"));
  const NodeId inner = b.Call(b.Name("use"));
  const NodeId statement = b.Stmt(inner);
  const NodeId loop = ir::Make(b.tree,
                               make::ForEach{.target = b.Name("x"),
                                             .iterable = iterable,
                                             .body = b.Block({statement}),
                                             .declares = ir::DeclKind::kConst},
                               b.Next());
  const NodeId function = b.Function("f", {}, {loop});
  auto facts = b.Infer({function});
  CHECK(facts->EnclosingLoop(inner) == loop);
  CHECK(facts->EnclosingLoop(iterable) == ir::kNoNode);
  CHECK(facts->EnclosingFunction(inner) == function);
  CHECK(facts->EnclosingFunction(function) == ir::kNoNode);
  CHECK(facts->EnclosingStatement(inner) == statement);
  CHECK(facts->EnclosingStatement(iterable) == loop);
}

TEST_CASE("facts: use of a value") {
  Build b(Language::kJs);
  const NodeId dropped = b.Call(b.Name("f"));
  const NodeId stored = b.Call(b.Name("f"));
  const NodeId awaited = b.Call(b.Name("f"));
  const NodeId await = ir::Make(b.tree, make::Await{.value = awaited}, b.Next());
  const NodeId passed = b.Call(b.Name("f"));
  auto facts = b.Infer({b.Stmt(dropped), b.Assign(b.Name("p"), stored, ir::DeclKind::kConst),
                        b.Stmt(await), b.Stmt(b.Call(b.Name("g"), {passed}))});
  CHECK(facts->UseOf(dropped) == facts::Use::kDropped);
  CHECK(facts->UseOf(stored) == facts::Use::kStored);
  CHECK(facts->UseOf(awaited) == facts::Use::kAwaited);
  CHECK(facts->UseOf(passed) == facts::Use::kPassed);
}

}  // namespace
