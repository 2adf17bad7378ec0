// Making nodes anew with other children: for passes that rewrite a tree. The old nodes stay where they are.
// Example: MapChildren(tree, block, visit) is `block` itself if `visit` returned every child as it was.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "ir/tree.h"

namespace asyncport::ir {

inline std::vector<NodeList> SlotsOf(const Tree& tree, NodeId id) {
  std::vector<NodeList> slots;
  const KindInfo& info = Info(tree.kind(id));
  for (unsigned s = 0; s < info.slot_count; ++s) {
    const std::span<const NodeId> list = tree.SlotList(id, s);
    slots.emplace_back(list.begin(), list.end());
  }
  return slots;
}

// Like `id` (kind, operator, flags, text, origin), with these children.
inline NodeId Rebuild(Tree& tree, NodeId id, std::vector<NodeList> slots) {
  const Node node = tree.node(id);
  return tree.Add({.kind = node.kind,
                   .oper = node.oper,
                   .flags = node.flags,
                   .atom = node.atom,
                   .slots = std::move(slots)},
                  node.span, node.origin);
}

template <typename Visit>
NodeId MapChildren(Tree& tree, NodeId id, Visit&& visit) {
  std::vector<NodeList> slots = SlotsOf(tree, id);
  bool changed = false;
  for (NodeList& list : slots) {
    for (NodeId& child : list) {
      if (!child) continue;
      const NodeId visited = visit(child);
      changed = changed || visited != child;
      child = visited;
    }
  }
  return changed ? Rebuild(tree, id, std::move(slots)) : id;
}

}  // namespace asyncport::ir
