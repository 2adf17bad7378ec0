// Typed views: ir::Call(tree, id).callee(). A view is two words and is passed by value.
// Example: if (auto call = ir::As<ir::Call>(tree, id)) Use(call.callee());
#pragma once

#include <span>
#include <string_view>

#include "ir/tree.h"
#include "support/check.h"

namespace asyncport::ir {

// Slot and flag numbers by name: slots::Call::callee.
namespace slots {
#define IR_BEGIN(Kind, categories, dialect, anchor) \
  struct Kind {                                     \
    enum : unsigned {
#define IR_ONE(Kind, slot, categories) slot,
#define IR_OPT(Kind, slot, categories) slot,
#define IR_LIST(Kind, slot, categories) slot,
#define IR_END(Kind) \
  kEnd               \
  }                  \
  ;                  \
  }                  \
  ;
#include "ir/node_kind.def"
}  // namespace slots
namespace flag_bits {
#define IR_BEGIN(Kind, categories, dialect, anchor) \
  struct Kind {                                     \
    enum : unsigned {
#define IR_FLAG(Kind, name) name,
#define IR_END(Kind) \
  kEnd               \
  }                  \
  ;                  \
  }                  \
  ;
#include "ir/node_kind.def"
}  // namespace flag_bits

class View {
 public:
  View() = default;
  View(const Tree& tree, NodeId id) : tree_(&tree), id_(id) {}
  // Empty views come from As<> of another kind.
  explicit operator bool() const { return static_cast<bool>(id_); }
  NodeId id() const { return id_; }
  Span span() const { return tree_->span(id_); }
  const Tree& tree() const { return *tree_; }

 protected:
  NodeId One(unsigned slot) const { return tree_->Slot(id_, slot); }
  std::span<const NodeId> Many(unsigned slot) const { return tree_->SlotList(id_, slot); }
  bool Flag(unsigned bit) const { return (tree_->node(id_).flags >> bit & 1) != 0; }
  std::string_view AtomText() const { return tree_->text(id_); }
  std::uint8_t Oper() const { return tree_->node(id_).oper; }

 private:
  const Tree* tree_ = nullptr;
  NodeId id_;
};

#define IR_BEGIN(Kind, categories, dialect, anchor)     \
  class Kind : public View {                            \
   public:                                              \
    static constexpr NodeKind kKind = NodeKind::k##Kind; \
    using View::View;
#define IR_ONE(Kind, slot, categories) \
  NodeId slot() const { return One(slots::Kind::slot); }
#define IR_OPT(Kind, slot, categories) \
  NodeId slot() const { return One(slots::Kind::slot); }
#define IR_LIST(Kind, slot, categories) \
  std::span<const NodeId> slot() const { return Many(slots::Kind::slot); }
#define IR_ATOM(Kind, name) \
  std::string_view name() const { return AtomText(); }
#define IR_OPER(Kind, name, EnumType) \
  EnumType name() const { return static_cast<EnumType>(Oper()); }
#define IR_FLAG(Kind, name) \
  bool name() const { return Flag(flag_bits::Kind::name); }
#define IR_END(Kind) \
  }                  \
  ;
#include "ir/node_kind.def"

// The view if the node has that kind, else an empty one.
template <typename V>
V As(const Tree& tree, NodeId id) {
  return id && tree.kind(id) == V::kKind ? V(tree, id) : V();
}
// The view of a node that must have that kind.
template <typename V>
V Cast(const Tree& tree, NodeId id) {
  AP_CHECK(tree.kind(id) == V::kKind, "node is " + std::string(NameOf(tree.kind(id))), tree.span(id));
  return V(tree, id);
}

}  // namespace asyncport::ir
