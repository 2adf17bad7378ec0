// The tree both languages share: nodes in one vector, named by NodeId. Immutable once built: passes read one tree and
// write another whose nodes keep `origin`. Typed access is in views.h, building in make.h.
// Example: tree.kind(id) == NodeKind::kCall; tree.Slot(id, slots::Call::callee).
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ir/node_kind.h"
#include "support/language.h"
#include "support/span.h"
#include "support/strings.h"

namespace asyncport::ir {

// Index into one Tree. 0 is "no node".
struct NodeId {
  std::uint32_t index = 0;
  constexpr explicit operator bool() const { return index != 0; }
  friend constexpr bool operator==(NodeId, NodeId) = default;
  friend constexpr auto operator<=>(NodeId, NodeId) = default;
};
inline constexpr NodeId kNoNode{};

using NodeList = std::vector<NodeId>;

struct Node {
  NodeKind kind{};
  std::uint8_t oper = 0;
  std::uint8_t flags = 0;
  Atom atom;
  Span span;              // in the *source* text, also in target trees (of the origin)
  NodeId origin;          // target trees: the source node this one stands for; 0 if it has none
  std::uint32_t slots = 0;  // first of this node's slot_count entries in Tree::slots_
};

class Tree {
 public:
  // All trees of one translation share `strings`.
  Tree(Language language, std::shared_ptr<StringTable> strings);

  Language language() const { return language_; }
  StringTable& strings() const { return *strings_; }
  const std::shared_ptr<StringTable>& shared_strings() const { return strings_; }
  NodeId root() const { return root_; }
  void set_root(NodeId id) { root_ = id; }
  // Number of ids in use, id 0 included: side tables have this size.
  std::size_t size() const { return nodes_.size(); }

  const Node& node(NodeId id) const { return nodes_[id.index]; }
  NodeKind kind(NodeId id) const { return nodes_[id.index].kind; }  // kind(kNoNode) is kCount
  Span span(NodeId id) const { return nodes_[id.index].span; }
  NodeId origin(NodeId id) const { return nodes_[id.index].origin; }
  std::string_view text(NodeId id) const { return strings_->Text(nodes_[id.index].atom); }
  bool Is(NodeId id, NodeKind kind) const { return nodes_[id.index].kind == kind; }

  // Slot number `slot` (see slots::Kind::name) as one node (kNoNode where it is empty) or as a list.
  NodeId Slot(NodeId id, unsigned slot) const;
  std::span<const NodeId> SlotList(NodeId id, unsigned slot) const;
  // Calls `visit(NodeId)` for every child in slot order.
  template <typename Visit>
  void ForEachChild(NodeId id, Visit&& visit) const {
    const KindInfo& info = Info(kind(id));
    for (unsigned s = 0; s < info.slot_count; ++s) {
      if (info.slots[s].arity == SlotArity::kList) {
        for (NodeId child : SlotList(id, s)) visit(child);
      } else if (NodeId child = Slot(id, s)) {
        visit(child);
      }
    }
  }

  // Building (make.h is the typed way). Open, push each slot in order, Close.
  struct Draft {
    NodeKind kind;
    std::uint8_t oper = 0;
    std::uint8_t flags = 0;
    Atom atom;
    // One entry per slot; a single slot is a list of none or one.
    std::vector<NodeList> slots;
  };
  NodeId Add(Draft draft, Span span, NodeId origin = kNoNode);
  Atom Intern(std::string_view text) { return strings_->Intern(text); }

  // Late corrections while a tree is being built.
  void set_origin(NodeId id, NodeId origin) { nodes_[id.index].origin = origin; }
  void set_span(NodeId id, Span span) { nodes_[id.index].span = span; }
  void set_text(NodeId id, std::string_view text) { nodes_[id.index].atom = Intern(text); }

 private:
  struct SlotEntry {  // a range of children_
    std::uint32_t begin = 0;
    std::uint32_t count = 0;
  };
  Language language_;
  std::shared_ptr<StringTable> strings_;
  std::vector<Node> nodes_;
  std::vector<SlotEntry> slots_;
  std::vector<NodeId> children_;
  NodeId root_;
};

// Compact S-expression, one node a line, two blanks a level: `Call` / `  callee: Name "f"`. For --print=ir and goldens.
std::string Dump(const Tree& tree, NodeId id);

// Parent of every node (kNoNode for the root), by index.
std::vector<NodeId> Parents(const Tree& tree);

// What breaks the rules of node_kind.def in `language`'s dialect: a slot that is empty, a child of a wrong category, a
// kind or operator of the other dialect, a flag the language lacks. Empty: the tree is sound.
struct Violation {
  NodeId node;
  std::string message;
};
std::vector<Violation> Verify(const Tree& tree, NodeId id, Language language);

// Same kinds, operators, flags, texts and shape; spans and origins do not count.
bool SameTree(const Tree& a, NodeId a_id, const Tree& b, NodeId b_id);

}  // namespace asyncport::ir
