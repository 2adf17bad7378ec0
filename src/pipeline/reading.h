// What the front half of the library makes of a source: tree, comments, facts. Made once, it serves checking, drawing,
// translating and an editor's questions alike.
// Example: Read(source, {.language = kPy}) of "x = 1\n" has a tree whose root is a Module with one Assign.
#pragma once

#include <new>
#include <exception>
#include <memory>
#include <string>
#include <utility>

#include "comments/comments.h"
#include "diag/diagnostic.h"
#include "facts/facts.h"
#include "ir/tree.h"
#include "pipeline/check.h"
#include "support/check.h"
#include "support/result.h"
#include "support/source.h"
#include "syntax/cst.h"

namespace asyncport {

struct Reading {
  bool whole =
      true;  // false: it does not parse, or is too complex; nothing below is set but `found`
  diag::Diagnostics found;  // why it is not whole, else what lowering reported
  std::unique_ptr<syntax::Parsed> parsed;
  std::unique_ptr<ir::Tree> tree;
  std::unique_ptr<facts::Facts> facts;
  // Their places are found when translating first asks for them; checking does not.
  const comments::Attached& PlacedComments(const Source& source) const;
  mutable comments::Attached comments;
  mutable bool are_placed = false;
};

// May throw InternalError: the functions that are the library's border guard it.
Reading Read(const Source& source, const CheckOptions& options);
// The same for a source that was parsed.
Reading Read(const Source& source, const CheckOptions& options, Result<syntax::Parsed> parsed);
// What Check finds in a source that was read.
Checked Check(const Source& source, const Reading& reading);

// Runs a part of the library. Our own mistakes become a diagnostic; false: there was one.
template <typename Part>
bool Guarded(diag::Diagnostics& diagnostics, Part&& part) {
  try {
    part();
    return true;
  } catch (const InternalError& error) {
    diagnostics.Report("internal-error", error.span,
                       {{"phase", error.phase}, {"message", error.message}});
  } catch (const std::bad_alloc&) {  // what was built so far is gone by now
    diagnostics.Report("out-of-memory", Span{}, {});
  } catch (const std::exception& error) {
    diagnostics.Report("internal-error", Span{}, {{"phase", "library"}, {"message", error.what()}});
  }
  return false;
}

}  // namespace asyncport
