// Building nodes: Make(tree, make::Call{.callee = f, .args = {a, b}}, span). Fields left out are empty.
#pragma once

#include <string_view>

#include "ir/tree.h"
#include "ir/views.h"

namespace asyncport::ir {

namespace make {
#define IR_BEGIN(Kind, categories, dialect, anchor) \
  struct Kind {                                     \
    static constexpr NodeKind kKind = NodeKind::k##Kind;
#define IR_ONE(Kind, slot, categories) NodeId slot{};
#define IR_OPT(Kind, slot, categories) NodeId slot{};
#define IR_LIST(Kind, slot, categories) NodeList slot{};
#define IR_ATOM(Kind, name) std::string_view name{};
#define IR_OPER(Kind, name, EnumType) EnumType name{};
#define IR_FLAG(Kind, name) bool name = false;
#define IR_END(Kind) \
  }                  \
  ;
#include "ir/node_kind.def"
}  // namespace make

namespace detail {
inline void PushSlot(Tree::Draft& draft, NodeId id) {
  draft.slots.push_back(id ? NodeList{id} : NodeList{});
}
inline void PushSlot(Tree::Draft& draft, NodeList&& list) { draft.slots.push_back(std::move(list)); }
}  // namespace detail

#define IR_BEGIN(Kind, categories, dialect, anchor)                                          \
  inline NodeId Make(Tree& tree, make::Kind fields, Span span, NodeId origin = kNoNode) {    \
    [[maybe_unused]] auto& f = fields;                                                       \
    Tree::Draft draft{.kind = NodeKind::k##Kind, .oper = 0, .flags = 0, .atom = {}, .slots = {}};
#define IR_ONE(Kind, slot, categories) detail::PushSlot(draft, f.slot);
#define IR_OPT(Kind, slot, categories) detail::PushSlot(draft, f.slot);
#define IR_LIST(Kind, slot, categories) detail::PushSlot(draft, std::move(f.slot));
#define IR_ATOM(Kind, name) draft.atom = tree.Intern(f.name);
#define IR_OPER(Kind, name, EnumType) draft.oper = static_cast<std::uint8_t>(f.name);
#define IR_FLAG(Kind, name) \
  if (f.name) draft.flags = static_cast<std::uint8_t>(draft.flags | 1u << flag_bits::Kind::name);
#define IR_END(Kind)                                 \
  return tree.Add(std::move(draft), span, origin);   \
  }
#include "ir/node_kind.def"

}  // namespace asyncport::ir
