// What the library checks of its own work before it lets it out. A failed check is our bug and says so.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "comments/comments.h"
#include "diag/diagnostic.h"
#include "facts/facts.h"
#include "ir/tree.h"
#include "support/language.h"
#include "support/source.h"

namespace asyncport {

// The target tree holds only kinds of its dialect, well-formed.
void CheckTree(const ir::Tree& tree, const Source& source, diag::Diagnostics& diagnostics);

// Reads the text back with the other language's front end: it parses, every comment of the source is in it (or was
// absorbed, or is a directive), and every asynchronous operation kept its mark (shape::Compare). `rewritten`: source
// nodes whose operations the translation replaced or refused, and said so.
struct Written {
  std::string_view text;
  Language language;
  const comments::Attached& source_comments;
  const comments::CommentMap& carried;
  const facts::Facts& source;
  const std::vector<ir::NodeId>& rewritten;
  bool is_whole;  // nothing was refused: what is missing was lost
  std::vector<std::string> async_names = {};  // what is known to be asynchronous, in names of the translation
};
void CheckText(const Written& written, diag::Diagnostics& diagnostics);

}  // namespace asyncport
