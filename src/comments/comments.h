// Comments: attached to the source tree before anything moves, carried to the target tree along `origin`, counted at the
// end. Does not print them: emit/ does.
// Example: in `f(); // done`, the comment is trailing on the ExprStmt.
//
// Who holds comments. *Anchors* hold leading and trailing ones: kinds flagged `Anchor` in node_kind.def, and *items*, the
// expressions that stand directly in the list of a List, Tuple, SetLit or in the arguments of a Call, New or SuperCall
// (not inside a Template, whose parts can hold none). *Containers* hold dangling ones: Block, and List, Tuple, SetLit,
// Dict, Call, New and SuperCall for what stands after their last item or in an empty pair of brackets.
//
// What an emitter has to know:
//   - Leading of a statement is printed on lines of its own before it, whatever `own_line` says: a comment after a
//     header (`if (a) { // c`, `if a:  # c`) leads the first statement of the block.
//   - Leading of a Block that is an else or finally body, or of a CatchClause, stands before the keyword (`else`,
//     `elif`, `finally`, `except`). An If that is alone in an else body has no leading comments: its Block has them.
//   - Leading of an item with `own_line` false was written inline (`f(/* url */ x)`).
//   - Trailing goes to the end of the line, after the item's comma. Several may follow each other.
//   - Leading of the Module is the file's head: shebang and licence, above docstring and imports.
//   - Every comment that Carry returns must be printed once; `Unprinted` finds those that were not.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ir/tree.h"
#include "support/language.h"
#include "support/source.h"
#include "syntax/cst.h"

namespace asyncport::comments {

enum class Style : std::uint8_t {
  kLine,       // `// x`, `# x`
  kBlock,      // `/* x */`
  kDoc,        // `/** x */` (a docstring is a slot of its node, not a comment)
  kShebang,    // `#!/usr/bin/env node`: `lines` holds the text after `#!`; the emitter writes its own interpreter
  kDirective,  // eslint-disable, noqa, type: ignore, @ts-..., asyncport-ignore: dropped with a note
};
std::string_view NameOf(Style style);

struct Comment {
  Span span;
  Style style = Style::kLine;
  // Text without markers, one entry per line; one leading blank of each line and the `*` gutter of blocks removed.
  std::vector<std::string> lines;
  bool own_line = false;      // nothing but blanks before it on its line
  bool blank_before = false;  // an empty line stands before it
  bool blank_after = false;   // an empty line stands between it and what follows
};

enum class Placement : std::uint8_t { kLeading, kTrailing, kDangling };
std::string_view NameOf(Placement placement);

// Comments of one tree by node.
class CommentMap {
 public:
  // Before the node, on lines of their own (or inline blocks before it).
  std::span<const Comment* const> Leading(ir::NodeId id) const;
  // After the node on its last line.
  std::span<const Comment* const> Trailing(ir::NodeId id) const;
  // Inside the node where it has no child to hold them (an empty block), or after its last child.
  std::span<const Comment* const> Dangling(ir::NodeId id) const;
  // An empty line stood before this statement, class member, switch case or dict entry (before its leading comments) in
  // the source. False for the first of a body.
  bool BlankBefore(ir::NodeId id) const;
  // Does the node hold any comment itself?
  bool Has(ir::NodeId id) const;
  // Every comment that is attached somewhere in this map.
  std::size_t size() const;
  bool empty() const { return size() == 0; }
  // Comments of constructs that a card or topic absorbed whole, and those that became docstrings; listed by
  // --print=target.
  std::span<const Comment* const> Absorbed() const;
  // Directives for tools of the source language, which Carry leaves out of the target.
  std::span<const Comment* const> Dropped() const;

  struct Entry {
    const Comment* comment;
    ir::NodeId node;
    Placement placement;
  };
  // All attached comments in source order.
  std::vector<Entry> All() const;

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
  std::vector<const Comment*> dropped_;
};

struct Attached {
  std::vector<std::unique_ptr<Comment>> owned;  // in source order; stable addresses for the maps
  CommentMap map;
};

// Reads one comment: style, text without markers, layout facts.
Comment ReadComment(const Source& source, Span span, Language language);

// The comments without their places, which checking does not ask for; `PlaceComments` finds those.
Attached ReadComments(const syntax::Cst& cst, const Source& source);
void PlaceComments(Attached& attached, const syntax::Cst& cst, const Source& source, const ir::Tree& tree);

// Both. O((nodes + comments) log nodes).
Attached Attach(const syntax::Cst& cst, const Source& source, const ir::Tree& tree);
// The same for comments whose spans are known.
Attached Attach(const std::vector<Span>& comments, const Source& source, const ir::Tree& tree);

// Follows origins: the first node with an origin (in print order) takes its leading comments, the last its trailing and
// dangling ones. A comment whose node has no descendant in `target` moves to what became of the node's parts, else to
// the nearest surviving statement of the same body, else outwards, as an own-line comment. Comments inside an `absorbed`
// source node (a sleep helper that disappears), right above it or behind it are absorbed; those above an import
// or the first statement are not, since they often speak of the file; where a first statement vanishes they go to the
// Module. `consumed`: comments that the
// target holds in another form (a JSDoc block that became a docstring slot); they count as absorbed too.
CommentMap Carry(const CommentMap& from, const ir::Tree& source_tree, const ir::Tree& target,
                 const std::vector<ir::NodeId>& absorbed,
                 const std::vector<const Comment*>& consumed = {});

// Conservation: the comments of `carried` whose text is missing from the emitted text. `printed` are the spans of the
// comments in `target` and of other places that may hold comment text (docstrings).
std::vector<const Comment*> Unprinted(const CommentMap& carried, const Source& target,
                                      const std::vector<Span>& printed);

// For --print=comments: one line per comment: position, placement, node, text.
std::string Dump(const CommentMap& map, const ir::Tree& tree, const Source& source);

}  // namespace asyncport::comments
