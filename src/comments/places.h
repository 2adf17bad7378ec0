// The tree of places where comments can be: anchors, items and containers, each with the region of source text it
// covers and its children in source order. Finds the place around a comment and its neighbours.
// Does not decide where a comment goes (attach.cpp).
// Example: for `f(a, /* x */ b)` the comment's place is the Call (region from the end of its callee), between a and b.
#pragma once

#include <cstdint>
#include <vector>

#include "comments/comments.h"
#include "ir/tree.h"
#include "support/span.h"

namespace asyncport::comments {

// Blocks and bracketed expressions that may hold dangling comments.
bool IsContainer(ir::NodeKind kind);

// Does an expression in this slot of this parent take comments although its kind is no anchor?
bool IsItemSlot(ir::NodeKind parent, unsigned slot);

// An If that is alone in an else body is printed as `else if` / `elif`: leading comments go to its Block, which stands for
// the keyword, trailing ones to the end of its last body. Other placements stay. `parents` is ir::Parents(tree).
struct Placed {
  ir::NodeId node;
  Placement placement;
};
Placed SettleElseIf(const ir::Tree& tree, const std::vector<ir::NodeId>& parents, Placed placed);

struct Place {
  ir::NodeId node;
  Span region;
  std::uint32_t parent = 0;
  bool is_anchor = false;  // takes leading and trailing comments
  std::vector<std::uint32_t> children;
};

class Places {
 public:
  // `text_size`: the module covers the whole text.
  Places(const ir::Tree& tree, std::uint32_t text_size);

  static constexpr std::uint32_t kNone = 0xFFFFFFFF;
  struct Neighbours {
    std::uint32_t enclosing = 0;
    std::uint32_t preceding = kNone;
    std::uint32_t following = kNone;
  };
  Neighbours Find(Span comment) const;

  const Place& operator[](std::uint32_t index) const { return places_[index]; }
  std::size_t size() const { return places_.size(); }

 private:
  Span Visit(ir::NodeId node, std::uint32_t parent, bool items_allowed);
  Span VisitPlace(ir::NodeId node, std::uint32_t parent, bool is_anchor, bool items_allowed);
  bool IsWrittenElsewhere(ir::NodeId member, std::uint32_t body) const;
  Span VisitChildren(ir::NodeId node, std::uint32_t own, std::uint32_t outer, bool items_allowed);

  const ir::Tree& tree_;
  std::vector<Place> places_;
};

}  // namespace asyncport::comments
