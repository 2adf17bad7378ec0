// The names that other linters give to what we find, for their suppression comments: `# noqa: RUF006`,
// `// eslint-disable-next-line @typescript-eslint/no-floating-promises`, `# type: ignore[unused-coroutine]`.
// Only comments with names count; what they silence is theirs to report (docs/decisions/0015-comments-of-other-linters.md).
// Example: IsFieldName("floating-promise", "promise/catch-or-return") holds.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "comments/comments.h"
#include "support/source.h"

namespace asyncport::advise {

// Is `rule` what another linter calls our `id`? A code without its digits ("ASYNC") stands for all of its codes.
bool IsFieldName(std::string_view id, std::string_view rule);

// One rule that a comment silences on some lines (0-based, last included).
struct FieldSuppression {
  std::string rule;
  std::uint32_t first_line = 0;
  std::uint32_t last_line = 0;
};

// Of all comments, in source order.
std::vector<FieldSuppression> ReadFieldSuppressions(const comments::Attached& attached,
                                                    const Source& source);

}  // namespace asyncport::advise
