// The walk that fills Structure.
#include "facts/structure.h"

#include <algorithm>

#include "ir/views.h"

namespace asyncport::facts {

using ir::NodeId;
using ir::NodeKind;
namespace slots = ir::slots;

bool IsFunctionKind(NodeKind kind) {
  return kind == NodeKind::kFunctionDef || kind == NodeKind::kFunctionExpr ||
         kind == NodeKind::kLambda || kind == NodeKind::kMethod;
}

bool IsClassKind(NodeKind kind) {
  return kind == NodeKind::kClassDef || kind == NodeKind::kClassExpr;
}

bool IsLoopKind(NodeKind kind) {
  return kind == NodeKind::kWhile || kind == NodeKind::kForEach || kind == NodeKind::kCFor ||
         kind == NodeKind::kForIn || kind == NodeKind::kDoWhile;
}

bool IsOutsideFunction(const ir::Tree& tree, NodeId function, unsigned slot) {
  switch (tree.kind(function)) {
    case NodeKind::kFunctionDef:
      return slot == slots::FunctionDef::decorators || slot == slots::FunctionDef::name ||
             slot == slots::FunctionDef::returns;
    case NodeKind::kMethod:
      return slot == slots::Method::decorators || slot == slots::Method::computed_key ||
             slot == slots::Method::returns;
    default:
      return false;
  }
}

namespace {

// Parts of a loop that run once, before its first turn.
bool RunsOnce(NodeKind kind, unsigned slot) {
  switch (kind) {
    case NodeKind::kForEach:
      return slot == slots::ForEach::iterable;
    case NodeKind::kForIn:
      return slot == slots::ForIn::object;
    case NodeKind::kCFor:
      return slot == slots::CFor::init;
    default:
      return false;
  }
}

}  // namespace

Structure::Structure(const ir::Tree& tree) {
  const std::size_t size = tree.size();
  preorder.reserve(size);
  parent.resize(size);
  slot.resize(size);
  function.resize(size);
  statement.resize(size);
  class_def.resize(size);
  loop.resize(size);
  position.resize(size);
  end.resize(size);
  if (!tree.root()) return;

  std::vector<NodeId> stack{tree.root()};
  while (!stack.empty()) {
    const NodeId node = stack.back();
    stack.pop_back();
    position[node.index] = static_cast<std::uint32_t>(preorder.size());
    preorder.push_back(node);
    const NodeKind kind = tree.kind(node);
    const bool is_function = IsFunctionKind(kind);
    const bool is_class = IsClassKind(kind);
    // A Python default or annotation is evaluated where the function is defined.
    const NodeId owner = kind == NodeKind::kParam && tree.language() == Language::kPy
                             ? parent[node.index]
                             : NodeId{};
    const std::size_t mark = stack.size();
    for (unsigned s = 0; s < ir::Info(kind).slot_count; ++s) {
      const bool outside = is_function && IsOutsideFunction(tree, node, s);
      const NodeId context = owner && s != slots::Param::target ? owner : node;
      for (NodeId child : tree.SlotList(node, s)) {
        parent[child.index] = node;
        slot[child.index] = static_cast<std::uint8_t>(s);
        function[child.index] = is_function && !outside ? node : function[context.index];
        statement[child.index] = kind == NodeKind::kBlock ? child : statement[node.index];
        class_def[child.index] =
            is_class && ir::Info(kind).slots[s].name == "body" ? node : class_def[node.index];
        if ((is_function && !outside) || is_class) {
          loop[child.index] = NodeId{};
        } else if (IsLoopKind(kind) && !RunsOnce(kind, s)) {
          loop[child.index] = node;
        } else {
          loop[child.index] = loop[context.index];
        }
        stack.push_back(child);
      }
    }
    std::reverse(stack.begin() + static_cast<std::ptrdiff_t>(mark), stack.end());
  }

  // A node's descendants follow it directly: its end is the largest end among its children.
  for (auto it = preorder.rbegin(); it != preorder.rend(); ++it) {
    std::uint32_t& own = end[it->index];
    own = std::max(own, position[it->index] + 1);
    if (NodeId up = parent[it->index]) end[up.index] = std::max(end[up.index], own);
  }
}

}  // namespace asyncport::facts
