// The shapes of a whole file: every function by its name, operations, the dump.
// Example: BuildAll of `async def f(): await g()` lists {"f", g}.
#include <functional>
#include <utility>

#include "shape/builder.h"
#include "support/strings.h"

namespace asyncport::shape {

using ir::kNoNode;
using ir::NodeId;
using ir::NodeKind;

namespace {

std::string FunctionName(const facts::Facts& facts, NodeId function) {
  const ir::Tree& tree = facts.tree();
  const auto text = [&](NodeId name) {
    return std::string(name ? tree.text(name) : std::string_view());
  };
  std::string name;
  if (const auto f = ir::As<ir::FunctionDef>(tree, function)) name = text(f.name());
  if (const auto f = ir::As<ir::FunctionExpr>(tree, function)) name = text(f.name());
  if (const auto f = ir::As<ir::Method>(tree, function)) {
    name = f.kind() == ir::MethodKind::kConstructor ? "constructor" : std::string(f.name());
  }
  if (name.empty()) {
    const NodeId parent = facts.Parent(function);
    if (const auto assign = ir::As<ir::Assign>(tree, parent); assign && !assign.targets().empty()) {
      name = std::string(VariableName(tree, assign.targets().front()));
      if (const auto target = ir::As<ir::Name>(tree, assign.targets().front())) name = target.id();
    } else if (const auto entry = ir::As<ir::DictEntry>(tree, parent)) {
      if (const auto key = ir::As<ir::String>(tree, entry.key())) name = key.value();
    } else if (const auto field = ir::As<ir::Field>(tree, parent)) {
      name = field.name();
    }
  }
  if (name.empty()) return "<anonymous>";
  if (const auto owner = ir::As<ir::ClassDef>(tree, facts.EnclosingClass(function));
      owner &&
      (tree.Is(function, NodeKind::kMethod) || tree.Is(facts.Parent(function), NodeKind::kField))) {
    return text(owner.name()) + "." + name;
  }
  return name;
}

bool IsFunction(NodeKind kind) {
  return kind == NodeKind::kFunctionDef || kind == NodeKind::kFunctionExpr ||
         kind == NodeKind::kLambda || kind == NodeKind::kMethod;
}

std::vector<FunctionShape> BuildFile(const facts::Facts& facts, bool with_becoming) {
  std::vector<FunctionShape> list;
  const ir::Tree& tree = facts.tree();
  if (!tree.root()) return list;
  Builder builder(facts, with_becoming);
  // From the outside in: a literal is inlined by the function around it.
  const std::function<void(NodeId)> walk = [&](NodeId node) {
    if (node == tree.root() || (IsFunction(tree.kind(node)) && !builder.IsInlined(node))) {
      Shape shape = builder.Function(node);
      if (!shape.empty()) {
        list.push_back(
            {node == tree.root() ? "<module>" : FunctionName(facts, node), node, std::move(shape)});
      }
    }
    tree.ForEachChild(node, walk);
  };
  walk(tree.root());
  return list;
}

}  // namespace

Shape Build(const facts::Facts& facts, NodeId function) {
  return Builder(facts, false).Function(function ? function : facts.tree().root());
}

std::vector<FunctionShape> BuildAll(const facts::Facts& facts) { return BuildFile(facts, false); }

std::string Dump(const facts::Facts& facts) {
  std::string out;
  for (const FunctionShape& entry : BuildAll(facts)) {
    out += entry.name + ": " + Text(entry.shape) + "\n";
  }
  return out;
}

std::vector<Operation> Operations(const facts::Facts& facts) {
  std::vector<Operation> all;
  for (const FunctionShape& entry : BuildFile(facts, true)) {
    const bool runtime_waits = entry.function == facts.tree().root();
    for (Operation& operation : Operations(entry.shape)) {
      if (runtime_waits && operation.mark == Mark::kDetached) operation.mark = Mark::kAwaited;
      all.push_back(std::move(operation));
    }
  }
  return all;
}

}  // namespace asyncport::shape
