// See self_check.h.
#include "pipeline/self_check.h"

#include <algorithm>
#include <string>

#include "syntax/cst.h"

namespace asyncport {
namespace {

void Fail(diag::Diagnostics& diagnostics, Span span, std::string phase, std::string what) {
  diagnostics.Report("internal-error", span, {{"phase", std::move(phase)}, {"message", std::move(what)}});
}

}  // namespace

void CheckTree(const ir::Tree& tree, const Source& source, diag::Diagnostics& diagnostics) {
  for (const ir::Violation& violation : ir::Verify(tree, tree.root(), tree.language())) {
    Span span = tree.span(violation.node);
    if (span.end > source.text().size()) span = {};
    Fail(diagnostics, span, "translate", violation.message);
  }
}

void CheckText(std::string_view text, Language language, const comments::Attached& source_comments,
               const comments::CommentMap& carried, diag::Diagnostics& diagnostics) {
  Source target("translation", std::string(text));
  Result<syntax::Parsed> parsed = syntax::Parse(target, language, {});
  if (!parsed) {
    Fail(diagnostics, {}, "emit", "the translation is too complex: " + parsed.error());
    return;
  }
  if (!parsed.value().errors.empty()) {
    const syntax::SyntaxError& error = parsed.value().errors.front();
    Fail(diagnostics, {}, "emit",
         "the translation does not parse at its line " +
             std::to_string(target.Position(error.span.begin).line) + ": " + error.message);
  }
  auto wanted = static_cast<std::size_t>(
      std::count_if(source_comments.owned.begin(), source_comments.owned.end(), [](const auto& c) {
        return c->style != comments::Style::kDirective && c->style != comments::Style::kShebang;
      }));
  std::size_t kept = carried.size() + carried.Absorbed().size();
  if (kept < wanted) {
    Fail(diagnostics, {}, "comments",
         std::to_string(wanted - kept) + " of " + std::to_string(wanted) + " comments were lost");
  }
}

}  // namespace asyncport
