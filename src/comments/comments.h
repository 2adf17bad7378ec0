// Comments: attached to the source tree before anything moves, carried to the target tree along `origin`, counted at the
// end. Only kinds flagged as anchors in node_kind.def take comments.
// Example: in `f(); // done`, the comment is trailing on the ExprStmt.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "ir/tree.h"
#include "support/source.h"
#include "syntax/cst.h"

namespace asyncport::comments {

enum class Style : std::uint8_t {
  kLine,       // `// x`, `# x`
  kBlock,      // `/* x */`
  kDoc,        // `/** x */` (a docstring is a slot of its node, not a comment)
  kShebang,    // `#!/usr/bin/env node`
  kDirective,  // eslint-disable, noqa, type: ignore, @ts-...: dropped with a note
};

struct Comment {
  Span span;
  Style style = Style::kLine;
  // Text without markers, one entry per line; leading blank of each line and the `*` gutter of blocks removed.
  std::vector<std::string> lines;
  bool own_line = false;      // nothing but blanks before it on its line
  bool blank_before = false;  // an empty line stands before it
  bool blank_after = false;   // an empty line stands between it and what follows
};

// Comments of one tree by node.
class CommentMap {
 public:
  // Before the node, on lines of their own (or inline blocks before it).
  std::span<const Comment* const> Leading(ir::NodeId id) const;
  // After the node on its last line.
  std::span<const Comment* const> Trailing(ir::NodeId id) const;
  // Inside the node where it has no child to hold them (an empty block), or after its last child.
  std::span<const Comment* const> Dangling(ir::NodeId id) const;
  // An empty line stood before this statement (before its leading comments) in the source.
  bool BlankBefore(ir::NodeId id) const;
  // Every comment that is attached somewhere in this map.
  std::size_t size() const;
  // Comments of constructs that a card or topic absorbed whole; listed by --print=target.
  std::span<const Comment* const> Absorbed() const;

 private:
  friend class MapBuilder;
  struct Lists {
    std::vector<const Comment*> leading, trailing, dangling;
    bool blank_before = false;
  };
  const Lists* Find(ir::NodeId id) const;
  std::vector<Lists> lists_;         // lists_[0] is unused
  std::vector<std::uint32_t> index_;  // by node; 0: none
  std::vector<const Comment*> absorbed_;
};

struct Attached {
  std::vector<std::unique_ptr<Comment>> owned;  // stable addresses for the maps
  CommentMap map;
};

Attached Attach(const syntax::Cst& cst, const Source& source, const ir::Tree& tree);

// Follows origins. A comment whose node has no descendant in `target` moves to the nearest surviving statement as an
// own-line comment; comments inside the span of an `absorbed` source node (a sleep helper that disappears) are absorbed.
CommentMap Carry(const CommentMap& from, const ir::Tree& source_tree, const ir::Tree& target,
                 const std::vector<ir::NodeId>& absorbed);

// For --print=comments: one line per comment: position, placement, node, text.
std::string Dump(const CommentMap& map, const ir::Tree& tree, const Source& source);

}  // namespace asyncport::comments
