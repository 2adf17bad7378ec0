// What the library checks of its own work before it lets it out. A failed check is our bug and says so.
#pragma once

#include <string_view>

#include "comments/comments.h"
#include "diag/diagnostic.h"
#include "ir/tree.h"
#include "support/language.h"
#include "support/source.h"

namespace asyncport {

// The target tree holds only kinds of its dialect, well-formed.
void CheckTree(const ir::Tree& tree, const Source& source, diag::Diagnostics& diagnostics);

// The text parses, and every comment of the source is in the target, or was absorbed, or is a directive.
void CheckText(std::string_view text, Language language, const comments::Attached& source_comments,
               const comments::CommentMap& carried, diag::Diagnostics& diagnostics);

}  // namespace asyncport
