// Suppression comments: `// asyncport-ignore: floating-promise, await-in-loop -- reason` (or `#`) silences the line it
// stands on, or the next line of code when it is alone on its line; `asyncport-ignore-file: id` among the comments before
// the first code silences the file. There is no form without ids, and errors cannot be silenced.
// Comments of other linters with the names of their rules silence what those rules are called here (field_rules.h).
// Example: `save(); // asyncport-ignore: floating-promise -- logged elsewhere` reports nothing.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "advise/field_rules.h"
#include "comments/comments.h"
#include "diag/diagnostic.h"
#include "support/source.h"

namespace asyncport::advise {

class Suppressions {
 public:
  Suppressions(const comments::Attached& attached, const Source& source);

  // Leaves out what a comment silences, and remembers which comments did something.
  std::vector<diag::Diagnostic> Apply(std::vector<diag::Diagnostic> list);
  // `unknown-ignore` for ids that no card has, `unused-ignore` for ids of lessons that silenced nothing so far (with a
  // fix that removes the comment). Ids of messages about translations are left alone: only translating tells.
  std::vector<diag::Diagnostic> Leftovers() const;

 private:
  struct Entry {
    std::string id;  // canonical
    std::string written;
    const comments::Comment* comment = nullptr;
    Span id_span;
    bool whole_file = false;
    std::uint32_t line = 0;  // 0-based line of code that it silences
    bool used = false;
  };
  const Source& source_;
  std::vector<Entry> entries_;
  std::vector<FieldSuppression> field_;
};

}  // namespace asyncport::advise
