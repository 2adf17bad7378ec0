// Applying the fixes of diagnostics to a text. Does not check the result: pipeline/check does.
// Example: "save();" with the fix "insert `await ` at 0" becomes "await save();".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.h"

namespace asyncport::advise {

// The first fix of each diagnostic that is safe enough. Fixes that touch what another one changed are left for the next
// round; equal insertions (an import that two fixes need) are made once. `applied`: how many fixes were used.
std::string ApplyFixes(std::string_view text, const std::vector<diag::Diagnostic>& diagnostics,
                       bool unsafe, std::size_t& applied);

}  // namespace asyncport::advise
