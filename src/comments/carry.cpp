// Takes comments from the source tree to the target tree along `origin`. Does not look at text.
// Example: `// total` before a JavaScript loop that became a comprehension leads the assignment that stands for it.
#include <algorithm>
#include <unordered_set>
#include <utility>
#include <vector>

#include "comments/comments.h"
#include "comments/map_builder.h"
#include "comments/places.h"
#include "ir/views.h"

namespace asyncport::comments {

namespace {

using ir::kNoNode;
using ir::NodeId;
using ir::NodeKind;

// The target nodes that stand for a source node, in print order: the first and the last of the outermost ones.
struct Range {
  NodeId first, last;
};

class Carrier {
 public:
  Carrier(const CommentMap& from, const ir::Tree& source, const ir::Tree& target,
          const std::vector<NodeId>& absorbed, const std::vector<const Comment*>& consumed)
      : from_(from), source_(source), target_(target), builder_(target.size()),
        source_parent_(ir::Parents(source)), target_parent_(target.size()),
        direct_(source.size()), below_(source.size()), can_hold_(target.size()),
        absorbed_(source.size()), statement_(target.size()), position_(target.size()),
        verbatim_(source.size()), consumed_(consumed.begin(), consumed.end()) {
    for (NodeId id : absorbed) absorbed_[id.index] = true;
    if (target.root()) IndexTarget(target.root(), kNoNode, kNoNode, true);
    if (source.root()) IndexSource(source.root(), false, kNoNode);
  }

  CommentMap Run();

 private:
  void IndexTarget(NodeId node, NodeId parent, NodeId statement, bool items_allowed);
  void IndexSource(NodeId node, bool is_absorbed, NodeId verbatim);
  void Carry(const CommentMap::Entry& entry);
  void Move(NodeId from, const Comment* comment);
  bool HasHead() const;
  bool IsFirstOfFile(NodeId node) const;
  bool IsAbsorbed(const CommentMap::Entry& entry) const;

  Range RangeOf(NodeId source) const {
    return direct_[source.index].first ? direct_[source.index] : below_[source.index];
  }
  // Nearest node at or above that holds leading and trailing comments.
  NodeId Anchor(NodeId target) const {
    while (target && !can_hold_[target.index]) target = target_parent_[target.index];
    return target;
  }
  NodeId Statement(NodeId target) const { return statement_[target.index]; }
  void Put(NodeId id, Placement placement, const Comment* comment) {
    const Placed placed = SettleElseIf(target_, target_parent_, {id, placement});
    builder_.Put(placed.node, placed.placement, comment);
  }
  void PutAfter(NodeId statement, const Comment* comment);
  NodeId BodyOf(NodeId target) const;
  void CarryBlanks();

  const CommentMap& from_;
  const ir::Tree& source_;
  const ir::Tree& target_;
  MapBuilder builder_;
  std::vector<NodeId> source_parent_, target_parent_;
  std::vector<Range> direct_;  // nodes whose origin is the source node
  std::vector<Range> below_;   // nodes whose origin lies below it
  std::vector<bool> can_hold_;
  std::vector<bool> absorbed_;
  std::vector<NodeId> statement_;       // target: nearest statement that stands in a Block, itself included
  std::vector<std::uint32_t> position_;  // target: print order
  std::uint32_t next_position_ = 0;
  std::vector<NodeId> verbatim_;         // source: what prints as its own source text, at or above the node
  std::unordered_set<const Comment*> consumed_;
};

void Carrier::IndexTarget(NodeId node, NodeId parent, NodeId statement, bool items_allowed) {
  target_parent_[node.index] = parent;
  position_[node.index] = next_position_++;
  const NodeKind kind = target_.kind(node);
  if (parent && target_.Is(parent, NodeKind::kBlock)) statement = node;
  statement_[node.index] = statement;
  if (const NodeId origin = target_.origin(node)) {
    Range& range = direct_[origin.index];
    if (!range.first) {
      range = {node, node};
    } else {
      // Outermost ones only: a node below the last one stands for the same thing.
      NodeId up = parent;
      while (up && position_[up.index] > position_[range.last.index]) up = target_parent_[up.index];
      if (up != range.last) range.last = node;
    }
  }
  if (kind == NodeKind::kTemplate) items_allowed = false;
  if (kind == NodeKind::kBlock) items_allowed = true;
  const ir::KindInfo& info = ir::Info(kind);
  for (unsigned slot = 0; slot < info.slot_count; ++slot) {
    for (NodeId child : target_.SlotList(node, slot)) {
      const NodeKind child_kind = target_.kind(child);
      const bool in_block = kind == NodeKind::kBlock;
      can_hold_[child.index] =
          in_block || (items_allowed && child_kind != NodeKind::kBlock &&
                       (ir::IsAnchor(child_kind) || IsItemSlot(kind, slot)));
      IndexTarget(child, node, statement, items_allowed);
    }
  }
}

// Fills below_ from the leaves up.
void Carrier::IndexSource(NodeId node, bool is_absorbed, NodeId verbatim) {
  if (const NodeId direct = direct_[node.index].first; direct && target_.Is(direct, NodeKind::kUntranslated)) {
    verbatim = node;
  }
  verbatim_[node.index] = verbatim;
  is_absorbed = is_absorbed || absorbed_[node.index];
  absorbed_[node.index] = is_absorbed;
  Range& mine = below_[node.index];
  source_.ForEachChild(node, [&](NodeId child) {
    IndexSource(child, is_absorbed, verbatim);
    const Range range = RangeOf(child);
    if (!range.first) return;
    if (!mine.first) {
      mine = range;
      return;
    }
    if (position_[range.first.index] < position_[mine.first.index]) mine.first = range.first;
    if (position_[range.last.index] > position_[mine.last.index]) mine.last = range.last;
  });
}

// The Block that a node is or opens; kNoNode if it has none.
NodeId Carrier::BodyOf(NodeId target) const {
  if (!target || target_.Is(target, NodeKind::kBlock)) return target;
  NodeId body;
  target_.ForEachChild(target, [&](NodeId child) {
    if (target_.Is(child, NodeKind::kBlock)) body = child;
  });
  return body;
}

void Carrier::PutAfter(NodeId statement, const Comment* comment) {
  const NodeId block = target_parent_[statement.index];
  const auto list = ir::Cast<ir::Block>(target_, block).statements();
  const auto it = std::find(list.begin(), list.end(), statement);
  if (it + 1 != list.end()) {
    Put(*(it + 1), Placement::kLeading, comment);
  } else {
    Put(block, Placement::kDangling, comment);
  }
}

// The comment's node is gone without a trace: nearest surviving statement of the same body, else outwards.
void Carrier::Move(NodeId from, const Comment* comment) {
  for (NodeId node = from; node; node = source_parent_[node.index]) {
    const NodeId parent = source_parent_[node.index];
    if (parent && source_.Is(parent, NodeKind::kBlock)) {
      const auto list = ir::Cast<ir::Block>(source_, parent).statements();
      const auto self = std::find(list.begin(), list.end(), node);
      for (auto it = self + 1; it != list.end(); ++it) {
        if (const Range range = RangeOf(*it); range.first && Statement(range.first)) {
          Put(Statement(range.first), Placement::kLeading, comment);
          return;
        }
      }
      for (auto it = self; it != list.begin();) {
        if (const Range range = RangeOf(*--it); range.first && Statement(range.last)) {
          PutAfter(Statement(range.last), comment);
          return;
        }
      }
    }
    if (!parent) break;
    // Nothing is left of the body but perhaps the body itself, or what is around it.
    if (const Range range = direct_[parent.index]; range.first) {
      if (source_.Is(parent, NodeKind::kBlock) || source_.Is(parent, NodeKind::kModule)) {
        if (const NodeId body = BodyOf(range.last)) {
          Put(body, Placement::kDangling, comment);
          return;
        }
      }
      if (const NodeId statement = Statement(range.first)) {
        Put(statement, Placement::kLeading, comment);
        return;
      }
    }
  }
  const NodeId body = BodyOf(target_.root());
  Put(body ? body : target_.root(), Placement::kDangling, comment);
}

bool Carrier::IsAbsorbed(const CommentMap::Entry& entry) const {
  if (const NodeId verbatim = verbatim_[entry.node.index];
      verbatim && source_.span(verbatim).contains(entry.comment->span)) {
    return true;
  }
  if (!absorbed_[entry.node.index]) return false;
  const NodeId parent = source_parent_[entry.node.index];
  const bool outermost = !parent || !absorbed_[parent.index];
  if (!outermost || entry.placement != Placement::kLeading) return true;
  // Above an import, apart from what is absorbed, or opening the file: a heading of more than the construct.
  const bool is_heading = entry.comment->blank_after || source_.Is(entry.node, NodeKind::kImport) ||
                          (entry.comment->style != Style::kDoc && IsFirstOfFile(entry.node) && !HasHead());
  return !is_heading;
}

bool Carrier::HasHead() const {
  const auto head = from_.Leading(source_.root());
  return std::any_of(head.begin(), head.end(), [](const Comment* c) { return c->style != Style::kShebang; });
}

bool Carrier::IsFirstOfFile(NodeId node) const {
  const auto module = ir::As<ir::Module>(source_, source_.root());
  if (!module || module.docstring()) return false;
  const auto statements = ir::Cast<ir::Block>(source_, module.body()).statements();
  return !statements.empty() && statements.front() == node;
}

void Carrier::Carry(const CommentMap::Entry& entry) {
  const Comment* comment = entry.comment;
  if (comment->style == Style::kDirective) return builder_.Drop(comment);
  if (consumed_.contains(comment) || IsAbsorbed(entry)) return builder_.Absorb(comment);
  const Range range = RangeOf(entry.node);
  if (entry.node == source_.root() && entry.placement == Placement::kLeading) {
    return Put(target_.root(), Placement::kLeading, comment);
  }
  if (!range.first) {
    // What opens the file stays above everything, whatever becomes of the first statement.
    if (entry.placement == Placement::kLeading && IsFirstOfFile(entry.node)) {
      return builder_.Put(target_.root(), Placement::kLeading, comment);
    }
    return Move(entry.node, comment);
  }

  if (entry.placement == Placement::kDangling) {
    // Behind the last item: wherever that item is now (gather's arguments become a list).
    if (!source_.Is(entry.node, NodeKind::kBlock)) {
      NodeId item;
      source_.ForEachChild(entry.node, [&](NodeId child) { item = child; });
      const NodeId anchor = item ? Anchor(RangeOf(item).last) : kNoNode;
      const NodeId holder = anchor ? target_parent_[anchor.index] : kNoNode;
      if (holder && IsContainer(target_.kind(holder)) && !target_.Is(holder, NodeKind::kBlock)) {
        return builder_.Put(holder, Placement::kDangling, comment);
      }
    }
    // What still has brackets or a body keeps it inside.
    const NodeId direct = direct_[entry.node.index].last;
    if (direct && IsContainer(target_.kind(direct))) {
      return Put(direct, Placement::kDangling, comment);
    }
    if (const NodeId body = BodyOf(direct)) return Put(body, Placement::kDangling, comment);
    if (source_.Is(entry.node, NodeKind::kBlock) && Statement(range.last)) {
      return PutAfter(Statement(range.last), comment);
    }
    if (const NodeId anchor = Anchor(range.last)) {
      return Put(anchor, Placement::kLeading, comment);
    }
    return Move(entry.node, comment);
  }
  if (entry.placement == Placement::kLeading) {
    // Before a branch keyword: only a body that is a branch still has that place.
    if (source_.Is(entry.node, NodeKind::kBlock)) {
      const NodeId parent = target_parent_[range.first.index];
      if (target_.Is(range.first, NodeKind::kBlock) && parent &&
          (target_.Is(parent, NodeKind::kIf) || target_.Is(parent, NodeKind::kTry) ||
           target_.Is(parent, NodeKind::kLoopElse) || target_.Is(parent, NodeKind::kBlock))) {
        return Put(range.first, Placement::kLeading, comment);
      }
    }
    if (const NodeId anchor = Anchor(range.first)) {
      return Put(anchor, Placement::kLeading, comment);
    }
    return Move(entry.node, comment);
  }
  if (const NodeId anchor = Anchor(range.last)) {
    return Put(anchor, Placement::kTrailing, comment);
  }
  Move(entry.node, comment);
}

// An empty line goes to the first node that stands for the statement; if there is none, to the next that is left.
void Carrier::CarryBlanks() {
  for (std::uint32_t i = 1; i < source_.size(); ++i) {
    const NodeId node{i};
    if (!from_.BlankBefore(node)) continue;
    NodeId first = RangeOf(node).first;
    const NodeId parent = source_parent_[i];
    if (!first && parent && source_.Is(parent, NodeKind::kBlock)) {
      const auto list = ir::Cast<ir::Block>(source_, parent).statements();
      for (auto it = std::find(list.begin(), list.end(), node); it != list.end() && !first; ++it) {
        first = RangeOf(*it).first;
      }
    }
    if (const NodeId anchor = Anchor(first)) builder_.SetBlankBefore(anchor);
  }
}

CommentMap Carrier::Run() {
  if (target_.root()) {
    for (const CommentMap::Entry& entry : from_.All()) Carry(entry);
    CarryBlanks();
  }
  return builder_.Take();
}

}  // namespace

CommentMap Carry(const CommentMap& from, const ir::Tree& source_tree, const ir::Tree& target,
                 const std::vector<ir::NodeId>& absorbed,
                 const std::vector<const Comment*>& consumed) {
  return Carrier(from, source_tree, target, absorbed, consumed).Run();
}

}  // namespace asyncport::comments
