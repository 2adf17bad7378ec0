// Builds the places of a tree and looks them up. A Python block ends with its last statement, whatever the grammar says
// about blank lines and comments behind it, so that indentation can decide about those (attach.cpp).
#include "comments/places.h"

#include <algorithm>

#include "ir/views.h"

namespace asyncport::comments {

using ir::NodeId;
using ir::NodeKind;
namespace slots = ir::slots;

bool IsContainer(NodeKind kind) {
  switch (kind) {
    case NodeKind::kBlock:
    case NodeKind::kList:
    case NodeKind::kTuple:
    case NodeKind::kSetLit:
    case NodeKind::kDict:
    case NodeKind::kCall:
    case NodeKind::kNew:
    case NodeKind::kSuperCall:
      return true;
    default:
      return false;
  }
}

bool IsItemSlot(NodeKind parent, unsigned slot) {
  switch (parent) {
    case NodeKind::kList:
      return slot == slots::List::elements;
    case NodeKind::kTuple:
      return slot == slots::Tuple::elements;
    case NodeKind::kSetLit:
      return slot == slots::SetLit::elements;
    case NodeKind::kCall:
      return slot == slots::Call::args;
    case NodeKind::kNew:
      return slot == slots::New::args;
    case NodeKind::kSuperCall:
      return slot == slots::SuperCall::args;
    default:
      return false;
  }
}

namespace {

Span Join(Span a, Span b) {
  if (a.empty()) return b;
  if (b.empty()) return a;
  return {std::min(a.begin, b.begin), std::max(a.end, b.end)};
}

// Python statements whose last child is a suite.
bool IsCompound(NodeKind kind) {
  switch (kind) {
    case NodeKind::kIf:
    case NodeKind::kWhile:
    case NodeKind::kForEach:
    case NodeKind::kLoopElse:
    case NodeKind::kTry:
    case NodeKind::kCatchClause:
    case NodeKind::kWith:
    case NodeKind::kMatch:
    case NodeKind::kMatchCase:
    case NodeKind::kFunctionDef:
    case NodeKind::kClassDef:
    case NodeKind::kMethod:
    case NodeKind::kBlock:
      return true;
    default:
      return false;
  }
}

}  // namespace

Placed SettleElseIf(const ir::Tree& tree, const std::vector<NodeId>& parents, Placed placed) {
  // The If that a Block holds as an `else if`; kNoNode for any other Block.
  const auto sole_if = [&](NodeId block) -> NodeId {
    const auto view = ir::As<ir::Block>(tree, block);
    if (!view || view.statements().size() != 1) return ir::kNoNode;
    const auto outer = ir::As<ir::If>(tree, parents[block.index]);
    if (!outer || outer.else_body() != block) return ir::kNoNode;
    const NodeId only = view.statements().front();
    return tree.Is(only, NodeKind::kIf) ? only : ir::kNoNode;
  };
  if (tree.Is(placed.node, NodeKind::kIf) && sole_if(parents[placed.node.index]) == placed.node) {
    if (placed.placement == Placement::kLeading) return {parents[placed.node.index], Placement::kLeading};
    placed = {parents[placed.node.index], Placement::kDangling};
  }
  if (placed.placement != Placement::kDangling) return placed;
  while (const auto inner = ir::As<ir::If>(tree, sole_if(placed.node))) {
    placed.node = inner.else_body() ? inner.else_body() : inner.body();
  }
  return placed;
}

Places::Places(const ir::Tree& tree, std::uint32_t text_size) : tree_(tree) {
  places_.reserve(tree.size() / 4 + 2);
  if (!tree.root()) {
    places_.push_back(Place{});
    return;
  }
  VisitPlace(tree.root(), 0, true, true);
  // The file belongs to the module, and but for the docstring to its body.
  places_[0].region = {0, text_size};
  if (const auto module = ir::As<ir::Module>(tree, tree.root())) {
    for (std::uint32_t child : places_[0].children) {
      if (places_[child].node == module.body()) {
        const std::uint32_t begin = module.docstring() ? tree.span(module.docstring()).end : 0;
        places_[child].region = {begin, text_size};
      }
    }
  }
  for (Place& place : places_) {
    for (std::uint32_t child : place.children) {
      // A body that the source left out (`case 1:` falling through) has no position of its own.
      Span& region = places_[child].region;
      if (region.empty() && region.begin <= place.region.begin) region = {place.region.end, place.region.end};
    }
    // Slots follow the source order only where the languages agree.
    std::stable_sort(place.children.begin(), place.children.end(),
                     [this](std::uint32_t a, std::uint32_t b) {
                       return places_[a].region.begin < places_[b].region.begin;
                     });
  }
}

Span Places::VisitPlace(NodeId node, std::uint32_t parent, bool is_anchor, bool items_allowed) {
  const auto own = static_cast<std::uint32_t>(places_.size());
  places_.push_back(Place{node, tree_.span(node), parent, is_anchor, {}});
  if (own != parent) places_[parent].children.push_back(own);
  const NodeKind kind = tree_.kind(node);
  const Span inner = VisitChildren(node, own, parent, items_allowed);
  Span whole = Join(tree_.span(node), inner);
  if (tree_.language() == Language::kPy && IsCompound(kind) && !inner.empty()) {
    whole = kind == NodeKind::kBlock ? inner : Span{whole.begin, inner.end};
  }
  Span region = whole;
  if (kind == NodeKind::kCall || kind == NodeKind::kNew) {
    // What stands inside the callee belongs to whatever is around the call.
    if (NodeId callee = tree_.Slot(node, slots::Call::callee); callee && !is_anchor) {
      region.begin = std::max(region.begin, tree_.span(callee).end);
    }
  }
  places_[own].region = region;
  return whole;
}

Span Places::VisitChildren(NodeId node, std::uint32_t own, std::uint32_t outer,
                           bool items_allowed) {
  const NodeKind kind = tree_.kind(node);
  const ir::KindInfo& info = ir::Info(kind);
  const bool is_call = kind == NodeKind::kCall || kind == NodeKind::kNew;
  if (kind == NodeKind::kTemplate) items_allowed = false;
  if (kind == NodeKind::kBlock) items_allowed = true;  // a function's body inside a template
  Span joined;
  for (unsigned slot = 0; slot < info.slot_count; ++slot) {
    const bool item = items_allowed && IsItemSlot(kind, slot);
    // The places inside a callee are the neighbours of the call, unless the call is an item itself.
    const bool is_callee = is_call && slot == slots::Call::callee && !places_[own].is_anchor;
    const std::uint32_t parent = is_callee ? outer : own;
    for (NodeId child : tree_.SlotList(node, slot)) {
      const NodeKind child_kind = tree_.kind(child);
      Span span;
      if (IsWrittenElsewhere(child, own)) {
        VisitPlace(child, places_[places_[own].parent].parent, true, items_allowed);
        continue;
      }
      if (item || (ir::IsAnchor(child_kind) &&
                   (items_allowed || ir::HasCategory(child_kind, ir::category::Stmt) ||
                    child_kind == NodeKind::kBlock))) {
        span = VisitPlace(child, parent, true, items_allowed);
      } else {
        span = Visit(child, parent, items_allowed);
      }
      joined = Join(joined, span);
    }
  }
  return joined;
}

// A method that was put on a prototype stands among the statements behind its class.
bool Places::IsWrittenElsewhere(NodeId member, std::uint32_t body) const {
  const NodeKind kind = tree_.kind(member);
  if (kind != NodeKind::kMethod && kind != NodeKind::kField) return false;
  const NodeId owner = places_[places_[body].parent].node;
  return tree_.Is(owner, NodeKind::kClassDef) && !tree_.span(owner).contains(tree_.span(member));
}

Span Places::Visit(NodeId node, std::uint32_t parent, bool items_allowed) {
  if (items_allowed && IsContainer(tree_.kind(node))) {
    return VisitPlace(node, parent, false, items_allowed);
  }
  return Join(tree_.span(node), VisitChildren(node, parent, parent, items_allowed));
}

Places::Neighbours Places::Find(Span comment) const {
  Neighbours found;
  for (;;) {
    const std::vector<std::uint32_t>& children = places_[found.enclosing].children;
    const auto after = std::upper_bound(
        children.begin(), children.end(), comment.begin,
        [this](std::uint32_t offset, std::uint32_t child) { return offset < places_[child].region.begin; });
    found.following = after == children.end() ? kNone : *after;
    found.preceding = kNone;
    if (after == children.begin()) return found;
    const std::uint32_t before = *(after - 1);
    if (comment.end <= places_[before].region.end) {
      found.enclosing = before;
      continue;
    }
    found.preceding = before;
    return found;
  }
}

}  // namespace asyncport::comments
