// What the tidying rules of both languages need: nodes made anew, and questions about names.
// Knows no rule. Example: IsNamed(tree, call.callee(), "list").
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "ir/rebuild.h"
#include "ir/views.h"

namespace asyncport::translate::tidy {

// Like `id`, with other children and another operator.
inline ir::NodeId Rebuilt(ir::Tree& tree, ir::NodeId id, std::vector<ir::NodeList> slots,
                          std::uint8_t oper) {
  const ir::Node node = tree.node(id);
  return tree.Add({.kind = node.kind,
                   .oper = oper,
                   .flags = node.flags,
                   .atom = node.atom,
                   .slots = std::move(slots)},
                  node.span, node.origin);
}

// Like `id`, with other children in one slot.
inline ir::NodeId WithSlot(ir::Tree& tree, ir::NodeId id, unsigned slot, ir::NodeList children) {
  std::vector<ir::NodeList> slots = ir::SlotsOf(tree, id);
  slots[slot] = std::move(children);
  return ir::Rebuild(tree, id, std::move(slots));
}

inline bool IsNamed(const ir::Tree& tree, ir::NodeId id, std::string_view name) {
  return tree.Is(id, ir::NodeKind::kName) && tree.text(id) == name;
}

inline bool IsExpr(const ir::Tree& tree, ir::NodeId id) {
  return ir::HasCategory(tree.kind(id), ir::category::Expr);
}

// Does a node of this kind stand in `id`?
inline bool Contains(const ir::Tree& tree, ir::NodeId id, ir::NodeKind kind) {
  if (tree.Is(id, kind)) return true;
  bool found = false;
  tree.ForEachChild(id, [&](ir::NodeId child) { found = found || Contains(tree, child, kind); });
  return found;
}

inline bool Mentions(const ir::Tree& tree, ir::NodeId id, std::string_view name) {
  if (IsNamed(tree, id, name)) return true;
  bool found = false;
  tree.ForEachChild(id, [&](ir::NodeId child) { found = found || Mentions(tree, child, name); });
  return found;
}

// Every name below, read or written.
inline void NamesIn(const ir::Tree& tree, ir::NodeId id, std::unordered_set<std::string>& names) {
  if (tree.Is(id, ir::NodeKind::kName)) names.emplace(tree.text(id));
  tree.ForEachChild(id, [&](ir::NodeId child) { NamesIn(tree, child, names); });
}

// The same variable or the same path of attributes: reading it twice gives the same and does nothing else.
inline bool IsSamePath(const ir::Tree& tree, ir::NodeId a, ir::NodeId b) {
  if (tree.kind(a) != tree.kind(b) || tree.text(a) != tree.text(b)) return false;
  if (tree.Is(a, ir::NodeKind::kName) || tree.Is(a, ir::NodeKind::kSelfRef)) return true;
  auto left = ir::As<ir::Attribute>(tree, a), right = ir::As<ir::Attribute>(tree, b);
  return left && left.is_private() == right.is_private() &&
         left.is_optional() == right.is_optional() &&
         IsSamePath(tree, left.object(), right.object());
}

}  // namespace asyncport::translate::tidy
