// Lessons about the source alone: what the best linters of the language say, and what only somebody who knows both
// languages says. Runs the lesson cards (rules/lessons) and the checks that need facts across statements (checks.h),
// then applies suppression comments. Does not translate: what a translation changes is said by translate/.
// Example: `async function f() { save(); }` with an async `save` gives floating-promise at `save()`.
#pragma once

#include <vector>

#include "comments/comments.h"
#include "diag/diagnostic.h"
#include "facts/facts.h"
#include "support/source.h"

namespace asyncport::advise {

// Sorted by position. Suppressed ones are left out; unused and unknown suppressions are reported. `earlier`: what was
// found before, by lowering, which can be suppressed too.
std::vector<diag::Diagnostic> Advise(const facts::Facts& facts, const comments::Attached& attached,
                                     const Source& source, std::vector<diag::Diagnostic> earlier = {});

}  // namespace asyncport::advise
