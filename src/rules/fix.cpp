// Texts for diagnostics: arguments and fixes. A fix edits the user's own source, so that it is text and not IR.
// Example: fix `await asyncio.sleep($SECONDS)` on `time.sleep(n + 1)` gives "await asyncio.sleep(n + 1)".
#include "rules/fix.h"

#include <set>

#include "ir/views.h"
#include "rules/library.h"
#include "rules/tables.h"
#include "support/strings.h"

namespace asyncport::rules {
namespace {

bool IsHoleLetter(char c) { return (c >= 'A' && c <= 'Z') || c == '_' || (c >= '0' && c <= '9'); }

// May `inner` stand between these neighbours without parentheses?
bool NeedsParentheses(const ir::Tree& tree, ir::NodeId id, std::string_view before, std::string_view after) {
  switch (tree.kind(id)) {
    case ir::NodeKind::kBinary:
    case ir::NodeKind::kLogical:
    case ir::NodeKind::kUnary:
    case ir::NodeKind::kConditional:
    case ir::NodeKind::kLambda:
    case ir::NodeKind::kAwait:
      break;
    default:
      return false;
  }
  auto opens = [](char c) { return c == '(' || c == '[' || c == ',' || c == '='; };
  auto closes = [](char c) { return c == ')' || c == ']' || c == ','; };
  std::string_view left = Trim(before);
  std::string_view right = Trim(after);
  return !((left.empty() || opens(left.back())) && (right.empty() || closes(right.front())));
}

}  // namespace

std::vector<diag::Arg> ArgsOf(const Match& match, const ir::Tree& tree, const Source& source) {
  std::string_view whole = source.Text(tree.span(match.node));
  std::vector<diag::Arg> args{{"call", std::string(whole.substr(0, whole.find('\n')))}};
  for (const Match::TextArg& text : match.texts) args.push_back({text.name, std::string(source.Text(text.span))});
  return args;
}

std::optional<FixText> FixOf(const Match& match, const ir::Tree& tree, const Source& source) {
  const EmbeddedShape& shape = AllTables().shapes[match.card->first_shape + match.shape_index];
  if (shape.fix.empty()) return std::nullopt;
  std::string_view fix = shape.fix;
  // Import lines are told apart from the text by compiling it as any shape.
  auto side = CompileSide(tree.language(), fix);
  if (!side) return std::nullopt;
  while (fix.starts_with("import ") || fix.starts_with("from ")) fix.remove_prefix(fix.find('\n') + 1);

  FixText result{{}, side.value()->imports};
  for (std::size_t i = 0; i < fix.size();) {
    std::size_t end = i;
    while (end < fix.size() && fix[end] == '$') ++end;
    if (end == i) {
      result.text += fix[i++];
      continue;
    }
    std::size_t name = end;
    while (end < fix.size() && IsHoleLetter(fix[end])) ++end;
    for (const Bound& bound : match.bound) {
      if (bound.hole != fix.substr(name, end - name)) continue;
      for (std::size_t n = 0; n < bound.nodes.size(); ++n) {
        if (n > 0) result.text += ", ";
        bool parentheses =
            !bound.is_list && NeedsParentheses(tree, bound.nodes[n], fix.substr(0, i), fix.substr(end));
        std::string text(source.Text(tree.span(bound.nodes[n])));
        result.text += parentheses ? "(" + text + ")" : text;
      }
    }
    i = end;
  }
  return result;
}

bool HasSafeFix(const Match& match) {
  const std::string_view text = CardText(match.id);
  return text.substr(0, text.find("\n+++", 3)).find("\nfix = \"safe\"") != std::string_view::npos;
}

}  // namespace asyncport::rules
