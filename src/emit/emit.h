// IR -> document in the tree's language: Black's layout at 88 columns, Prettier's at 80. One file per construct family
// and one for parentheses in js/ and py/. Decides layout only: never what the program means.
#pragma once

#include <string>

#include "comments/comments.h"
#include "doc/doc.h"
#include "ir/tree.h"

namespace asyncport::emit {

// Emit: the whole tree. EmitOne: one node of it, without what is around it.
namespace js {
doc::Doc Emit(const ir::Tree& tree, const comments::CommentMap& comments, doc::Builder& builder);
doc::Doc EmitOne(const ir::Tree& tree, ir::NodeId id, const comments::CommentMap& comments,
                 doc::Builder& builder);
}
namespace py {
doc::Doc Emit(const ir::Tree& tree, const comments::CommentMap& comments, doc::Builder& builder);
doc::Doc EmitOne(const ir::Tree& tree, ir::NodeId id, const comments::CommentMap& comments,
                 doc::Builder& builder);
}

doc::Doc Emit(const ir::Tree& tree, const comments::CommentMap& comments, doc::Builder& builder);
// Emit and print with the language's width; ends with one line feed (an empty module gives "").
std::string EmitText(const ir::Tree& tree, const comments::CommentMap& comments);
// One expression or statement without comments, on as many lines as it needs, no final line feed: for diagnostics.
std::string EmitNode(const ir::Tree& tree, ir::NodeId id);

}  // namespace asyncport::emit
