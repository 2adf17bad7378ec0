// Runs the phases up to advise, and again after each round of fixes.
#include "pipeline/check.h"

#include <algorithm>
#include <exception>
#include <memory>
#include <utility>

#include "advise/advise.h"
#include "advise/fixes.h"
#include "comments/comments.h"
#include "facts/facts.h"
#include "lower/lower.h"
#include "support/check.h"
#include "syntax/cst.h"

namespace asyncport {
namespace {

constexpr int kMaxRounds = 10;  // of fixes that make others possible

void Execute(const Source& source, const CheckOptions& options, Checked& checked,
             diag::Diagnostics& diagnostics) {
  syntax::ParseLimits limits;
  limits.max_nesting = options.max_nesting;
  limits.deadline_ms = options.parse_deadline_ms;
  Result<syntax::Parsed> parsed = syntax::Parse(source, options.language, limits);
  if (!parsed) {
    diagnostics.Report("source-too-complex", Span{}, {{"message", parsed.error()}});
    checked.whole = false;
    return;
  }
  for (const syntax::SyntaxError& error : parsed.value().errors) {
    diagnostics.Report("syntax-error", error.span, {{"message", error.message}});
    checked.whole = false;
  }
  if (!checked.whole) return;
  const syntax::Cst& cst = parsed.value().cst;
  const ir::Tree tree = lower::Lower(cst, source, std::make_shared<StringTable>(), {}, diagnostics);
  const comments::Attached attached = comments::Attach(cst, source, tree);
  const std::unique_ptr<facts::Facts> facts =
      facts::Infer(tree, {.async_names = options.async_names});
  diagnostics.Replace(advise::Advise(*facts, attached, source, diagnostics.Take()));
}

}  // namespace

Checked Check(const Source& source, const CheckOptions& options) {
  Checked checked;
  diag::Diagnostics diagnostics;
  try {
    Execute(source, options, checked, diagnostics);
  } catch (const InternalError& error) {
    checked.whole = false;
    diagnostics.Report("internal-error", error.span,
                       {{"phase", error.phase}, {"message", error.message}});
  } catch (const std::exception& error) {
    checked.whole = false;
    diagnostics.Report("internal-error", Span{}, {{"phase", "library"}, {"message", error.what()}});
  }
  checked.diagnostics = diagnostics.Take();
  return checked;
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
