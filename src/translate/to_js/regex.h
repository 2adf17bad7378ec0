// Regular expressions as the topics pass them around.
// Example: PatternOf(c, `re.compile(r"\d+", re.I)`) is {body: "\\d+", flags: "i"}.
#pragma once

#include <optional>
#include <string>

#include "translate/context.h"

namespace asyncport::translate::to_js {

struct Pattern {
  std::string body;
  std::string flags;
  int groups = 0;
  bool ok = false;
};

// The literal pattern of an expression: a text, or a name bound once to re.compile of a text.
Pattern PatternOf(Context& c, ir::NodeId source, ir::NodeId flags);
// Any other pattern, as an expression that gives a RegExp; kNoNode if its flags cannot be told.
ir::NodeId RegexValue(Context& c, ir::NodeId source, ir::NodeId flags);
// The literal, anchored as the verb asks ("match", "fullmatch", or none).
ir::NodeId Literal(Context& c, const Pattern& pattern, std::string_view verb, bool global,
                   ir::NodeId origin);
// `\1`, `\g<name>` in a replacement.
std::optional<std::string> Replacement(std::string_view text);
// Does the file ask where a group begins or ends?
bool NeedsIndices(Context& c);

}  // namespace asyncport::translate::to_js
