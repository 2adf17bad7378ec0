// Runs the phases up to advise, and again after each round of fixes.
#include "pipeline/check.h"

#include <algorithm>
#include <utility>

#include "advise/fixes.h"
#include "pipeline/reading.h"

namespace asyncport {
namespace {

constexpr int kMaxRounds = 10;  // of fixes that make others possible

}  // namespace

Checked Check(const Source& source, const CheckOptions& options) {
  Reading reading;
  diag::Diagnostics failure;
  if (!Guarded(failure, [&] { reading = Read(source, options); })) return {false, failure.Take()};
  return Check(source, reading);
}

Fixed Fix(const Source& source, const CheckOptions& options, bool unsafe,
          const std::vector<std::string>& ids) {
  Fixed fixed{std::string(source.text()), 0, Check(source, options)};
  for (int round = 0; round < kMaxRounds && fixed.rest.whole; ++round) {
    std::vector<diag::Diagnostic> wanted;
    for (const diag::Diagnostic& diagnostic : fixed.rest.diagnostics) {
      if (ids.empty() || std::binary_search(ids.begin(), ids.end(), diagnostic.id))
        wanted.push_back(diagnostic);
    }
    std::size_t applied = 0;
    std::string text = advise::ApplyFixes(fixed.text, wanted, unsafe, applied);
    if (applied == 0) break;
    Checked again = Check(Source(source.name(), text, source.layout()), options);
    if (!again.whole) break;
    fixed.text = std::move(text);
    fixed.applied += applied;
    fixed.rest = std::move(again);
  }
  return fixed;
}

}  // namespace asyncport
