// See reading.h.
#include "pipeline/reading.h"

#include "advise/advise.h"
#include "lower/lower.h"
#include "support/stop.h"

namespace asyncport {

Reading Read(const Source& source, const CheckOptions& options) {
  syntax::ParseLimits limits;
  limits.max_nesting = options.max_nesting;
  limits.deadline_ms = options.parse_deadline_ms;
  return Read(source, options, syntax::Parse(source, options.language, limits));
}

Reading Read(const Source& source, const CheckOptions& options, Result<syntax::Parsed> parsed) {
  Reading reading;
  if (!parsed) {
    reading.whole = false;
    reading.found.Report("source-too-complex", Span{}, {{"message", parsed.error()}});
    return reading;
  }
  reading.parsed = std::make_unique<syntax::Parsed>(std::move(parsed).value());
  for (const syntax::SyntaxError& error : reading.parsed->errors) {
    reading.found.Report("syntax-error", error.span, {{"message", error.message}});
    reading.whole = false;
  }
  if (!reading.whole) return reading;
  const syntax::Cst& cst = reading.parsed->cst;
  CheckStop();
  reading.tree = std::make_unique<ir::Tree>(
      lower::Lower(cst, source, std::make_shared<StringTable>(), {}, reading.found));
  CheckStop();
  reading.comments = comments::ReadComments(cst, source);
  reading.facts = facts::Infer(*reading.tree, {.async_names = options.async_names});
  return reading;
}

const comments::Attached& Reading::PlacedComments(const Source& source) const {
  if (!are_placed) comments::PlaceComments(comments, parsed->cst, source, *tree);
  are_placed = true;
  return comments;
}

Checked Check(const Source& source, const Reading& reading) {
  Checked checked;
  checked.whole = reading.whole;
  diag::Diagnostics found = reading.found;
  if (reading.whole) {
    checked.whole = Guarded(found, [&] {
      found.Replace(advise::Advise(*reading.facts, reading.comments, source, found.Take()));
    });
  }
  checked.diagnostics = found.Take();
  return checked;
}

}  // namespace asyncport
