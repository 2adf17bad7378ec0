// IR -> document in the tree's language: Black's layout at 88 columns, Prettier's at 80. One file per construct family
// and one for parentheses in js/ and py/. Decides layout only: never what the program means.
#pragma once

#include <string>
#include <vector>

#include "comments/comments.h"
#include "doc/doc.h"
#include "ir/tree.h"
#include "support/span.h"

namespace asyncport::emit {

// Collects what stands for which part of the source: the spans are the tags of the document's marks.
using Origins = std::vector<Span>;

// Emit: the whole tree. EmitOne: one node of it, without what is around it.
namespace js {
doc::Doc Emit(const ir::Tree& tree, const comments::CommentMap& comments, doc::Builder& builder,
              Origins* origins = nullptr);
doc::Doc EmitOne(const ir::Tree& tree, ir::NodeId id, const comments::CommentMap& comments,
                 doc::Builder& builder);
}
namespace py {
doc::Doc Emit(const ir::Tree& tree, const comments::CommentMap& comments, doc::Builder& builder,
              Origins* origins = nullptr);
doc::Doc EmitOne(const ir::Tree& tree, ir::NodeId id, const comments::CommentMap& comments,
                 doc::Builder& builder);
}

doc::Doc Emit(const ir::Tree& tree, const comments::CommentMap& comments, doc::Builder& builder,
              Origins* origins = nullptr);
// Emit and print with the language's width; ends with one line feed (an empty module gives "").
std::string EmitText(const ir::Tree& tree, const comments::CommentMap& comments);
// The same text, and where the nodes and comments of the source stand in it: inner ones before outer ones. What spans
// several lines in the target may have the first of them only.
struct Piece {
  Span source;
  Span target;
};
struct Mapped {
  std::string text;
  std::vector<Piece> pieces;
};
Mapped EmitMapped(const ir::Tree& tree, const comments::CommentMap& comments);
// One expression or statement without comments, on as many lines as it needs, no final line feed: for diagnostics.
std::string EmitNode(const ir::Tree& tree, ir::NodeId id);

}  // namespace asyncport::emit
