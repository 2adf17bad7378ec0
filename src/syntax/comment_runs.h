// Long runs of comment lines in Python, hidden from the parser. At every line of such a run the
// grammar's scanner looks through all the lines that follow for the next indentation, so that a
// thousand lines of commented-out code take a million steps.
// Does not parse: whether a run lies in a string is for the caller to find out.
// Example: of forty lines `# a` in a row the parser sees the first one, and blanks for the others.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "support/span.h"

namespace asyncport::syntax {

struct HiddenComments {
  std::string text;               // as long as the source, comments replaced by blanks
  std::vector<Span> comments;     // hidden ones, in order
  std::vector<std::size_t> runs;  // index in `comments` of the first one of each run
};

// Empty `comments` (and `text`): nothing is worth hiding. O(text).
HiddenComments HideCommentRuns(std::string_view text);

}  // namespace asyncport::syntax
