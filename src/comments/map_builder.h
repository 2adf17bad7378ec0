// The one writer of CommentMap: collects placements in any order and sorts each list by source position at the end.
// Does not decide placements (attach.cpp, carry.cpp).
// Example: MapBuilder b(tree.size()); b.Put(node, Placement::kLeading, comment); CommentMap map = b.Take();
#pragma once

#include <cstddef>
#include <utility>

#include "comments/comments.h"

namespace asyncport::comments {

class MapBuilder {
 public:
  explicit MapBuilder(std::size_t node_count);

  void Put(ir::NodeId id, Placement placement, const Comment* comment);
  void SetBlankBefore(ir::NodeId id);
  void Absorb(const Comment* comment) { map_.absorbed_.push_back(comment); }
  void Drop(const Comment* comment) { map_.dropped_.push_back(comment); }
  const CommentMap& map() const { return map_; }
  CommentMap Take();

 private:
  CommentMap::Lists& At(ir::NodeId id);
  CommentMap map_;
};

}  // namespace asyncport::comments
