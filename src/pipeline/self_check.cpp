// See self_check.h.
#include "pipeline/self_check.h"

#include <algorithm>
#include <memory>
#include <string>

#include "lower/lower.h"
#include "shape/shape.h"
#include "support/stop.h"
#include "syntax/cst.h"

namespace asyncport {
namespace {

void Fail(diag::Diagnostics& diagnostics, Span span, std::string phase, std::string what) {
  diagnostics.Report("internal-error", span,
                     {{"phase", std::move(phase)}, {"message", std::move(what)}});
}

// The translation, read back by the front end of its own language.
struct ReadBack {
  const Source& source;
  const syntax::Cst& cst;
  ir::Tree tree;
};

void AddTexts(const ir::Tree& tree, ir::NodeId node, std::vector<Span>& out) {
  if (tree.Is(node, ir::NodeKind::kString)) out.push_back(tree.span(node));
  tree.ForEachChild(node, [&](ir::NodeId child) { AddTexts(tree, child, out); });
}

// Two ways to lose a comment: it was not carried to any node, or its node was not printed with it.
void CheckComments(const Written& written, const ReadBack& back, diag::Diagnostics& diagnostics) {
  const auto& owned = written.source_comments.owned;
  auto wanted =
      static_cast<std::size_t>(std::count_if(owned.begin(), owned.end(), [](const auto& c) {
        return c->style != comments::Style::kDirective && c->style != comments::Style::kShebang;
      }));
  std::size_t kept = written.carried.size() + written.carried.Absorbed().size();
  if (kept < wanted) {
    Fail(diagnostics, {}, "comments",
         std::to_string(wanted - kept) + " of " + std::to_string(wanted) + " comments were lost");
  }
  if (written.carried.empty()) return;
  std::vector<Span> printed;
  const comments::Attached attached = comments::ReadComments(back.cst, back.source);
  for (const auto& comment : attached.owned) printed.push_back(comment->span);
  AddTexts(back.tree, back.tree.root(), printed);  // docstrings
  for (const comments::Comment* comment :
       comments::Unprinted(written.carried, back.source, printed)) {
    Fail(diagnostics, comment->span, "emit", "a comment was not printed");
  }
}

void CheckOperations(const Written& written, const ReadBack& back, diag::Diagnostics& diagnostics) {
  const std::unique_ptr<facts::Facts> facts = facts::Infer(back.tree, {.async_names = written.async_names});
  for (const shape::Change& change : shape::Compare(written.source, *facts, written.rewritten)) {
    if (!shape::IsForbidden(change)) continue;
    const bool lost = change.kind == shape::Change::Kind::kLost;
    // Calls of a function that was refused are no longer known to be asynchronous.
    if (lost && !written.is_whole) continue;
    diagnostics.Report("concurrency-shape-changed", written.source.tree().span(change.source_node),
                       {{"operation", change.name},
                        {"before", std::string(NameOf(change.source))},
                        {"after", lost ? "missing" : std::string(NameOf(change.target))}});
  }
}

}  // namespace

void CheckTree(const ir::Tree& tree, const Source& source, diag::Diagnostics& diagnostics) {
  for (const ir::Violation& violation : ir::Verify(tree, tree.root(), tree.language())) {
    Span span = tree.span(violation.node);
    if (span.end > source.text().size()) span = {};
    Fail(diagnostics, span, "translate", violation.message);
  }
}

void CheckText(const Written& written, diag::Diagnostics& diagnostics) {
  Source target("translation", std::string(written.text));
  Result<syntax::Parsed> parsed = syntax::Parse(target, written.language, {});
  if (!parsed) {
    Fail(diagnostics, {}, "emit", "the translation is too complex: " + parsed.error());
    return;
  }
  if (!parsed.value().errors.empty()) {
    const syntax::SyntaxError& error = parsed.value().errors.front();
    Fail(diagnostics, {}, "emit",
         "the translation does not parse at its line " +
             std::to_string(target.Position(error.span.begin).line) + ": " + error.message);
    return;
  }
  CheckStop();
  diag::Diagnostics ignored;  // the source's own were reported
  const syntax::Cst& cst = parsed.value().cst;
  const ReadBack back{target, cst,
                      lower::Lower(cst, target, std::make_shared<StringTable>(), {}, ignored)};
  CheckStop();
  CheckComments(written, back, diagnostics);
  CheckOperations(written, back, diagnostics);
}

}  // namespace asyncport
